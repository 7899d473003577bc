# Regpol in a container: the locked dependencies, the package, and a store on a volume.
FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY kg kg
COPY loaders loaders
COPY ontology ontology
COPY queries queries
RUN pip install --no-cache-dir --no-deps . && useradd --create-home regpol && mkdir /data && chown regpol /data
USER regpol
VOLUME /data
EXPOSE 8000
# Inside the container all interfaces; the compose file publishes the port on the host's loopback alone.
CMD ["kg", "demo", "--store", "/data/store", "--host", "0.0.0.0", "--port", "8000"]
