# docker build --tag cornerman .    Runs on a read-only root, as nobody in particular; only /data, /tmp and, for copies, /backups
# are written to.
# A release names its base by digest: --build-arg BASE=python:3.11-slim@sha256:…
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
ENV UV_SYSTEM_CERTS=true
WORKDIR /app
COPY .ci/installer.lock requirements.lock ./
RUN python -m venv /tmp/uv && /tmp/uv/bin/pip install --quiet --no-cache-dir --require-hashes -r installer.lock \
    && python -m venv --without-pip /opt/cornerman \
    && /tmp/uv/bin/uv pip install --quiet --no-cache --python /opt/cornerman --require-hashes -r requirements.lock
# What is never run: tests, sources in C, samples, fonts for PDF, AVIF, of SciPy all but what `scipy.special` and
# `.optimize` need. `.ci/try_image.py` sees whether it does.
RUN cd /opt/cornerman/lib/python3*/site-packages \
    && rm -r matplotlib/mpl-data/sample_data matplotlib/mpl-data/fonts/afm matplotlib/mpl-data/fonts/pdfcorefonts \
    && (cd fontTools && rm -r cffLib cu2qu designspaceLib feaLib otlLib pens qu2cu subset ttLib ufoLib varLib voltLib misc/*.so) \
    && rm PIL/_avif*.so pillow.libs/libavif* \
    && (cd scipy && rm -r cluster datasets differentiate fftpack integrate interpolate io misc ndimage odr signal stats) \
    && find . -name tests -type d -prune -exec rm -r {} + \
    && find . \( -name '*.pyi' -o -name '*.c' -o -name '*.h' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.a' \) -delete
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot bot
COPY handlers handlers
COPY storage storage
RUN /tmp/uv/bin/uv pip install --quiet --no-cache --python /opt/cornerman --no-deps --no-build-isolation --editable .

FROM ${BASE}
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Cornerman" \
      org.opencontainers.image.description="The coach in a sales team's corner: debriefs, scorecards, coach pairing, in Slack." \
      org.opencontainers.image.licenses="MIT AND OFL-1.1" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin cornerman \
    && install -d -o cornerman -g cornerman -m 0700 /data /backups
COPY --from=build /opt/cornerman /opt/cornerman
COPY --from=build /app /app
# Charts want a folder for their fonts. Bytecode is kept where a read-only root lets it: in the image it would weigh
# 35 MB, and without any each `docker exec … cornerman` compiles anew.
ENV PATH=/opt/cornerman/bin:$PATH PYTHONUNBUFFERED=1 PYTHONPYCACHEPREFIX=/tmp/bytecode HOME=/data \
    DATABASE_URL=sqlite:////data/cornerman.db MPLCONFIGDIR=/tmp/matplotlib
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:%s/healthz' % os.environ.get('CORNERMAN_PORT', '8080'), timeout=4)"]
ENTRYPOINT ["cornerman"]
CMD ["run"]
