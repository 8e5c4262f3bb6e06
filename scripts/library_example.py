from svyaz import Article, Extractor, extract

result = extract(
    "Посол России в Таджикистане Семён Григорьев 12 января встретился с мэром Душанбе.",
    published="2024-01-15",
)
names = {entity.id: entity.name for entity in result.entities}
for relation in result.relations:
    print(relation.type, [(a.role, names[a.entity]) for a in relation.args], relation.modality)

extractor = Extractor()  # the models load once, with the first article
articles = (
    Article(id=str(i), text=text) for i, text in enumerate(["Минфин РФ возглавляет Антон Силуанов.", ""])
)
for result in extractor.pipe(articles):  # one after the other, from any iterable
    print(result.id, len(result.relations), [warning.code for warning in result.warnings])
