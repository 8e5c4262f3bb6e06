"""Many articles on many machines: folders in, parts out, each part whole or not there (extra ``svyaz[dask]``)."""
