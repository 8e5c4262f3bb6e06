from svyaz import Article, Extractor, extract

result = extract(
    "Посол России в Таджикистане Семён Григорьев 12 января встретился с мэром Душанбе.",
    published="2024-01-15",
)
names = {entity.id: entity.name for entity in result.entities}
for relation in result.relations:
    print(relation.type, [(a.role, names[a.entity]) for a in relation.args], relation.modality)

articles = [
    Article(id="first", text="Сергей Лавров встретился с Ван И в Пекине."),
    Article(id="second", text="  "),
]
for result in Extractor().pipe(articles):  # any iterable; one result after the other
    print(result.id, len(result.relations), [warning.code for warning in result.warnings])
