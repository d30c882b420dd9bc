FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
    && useradd --create-home --uid 10001 cornerman \
    && install -d -o cornerman /data
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY manifest.yml ./
USER cornerman
# Charts want a folder for their fonts; the root is meant to be read-only.
ENV DATABASE_URL=sqlite:////data/cornerman.db MPLCONFIGDIR=/tmp/matplotlib
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:%s/healthz' % os.environ.get('CORNERMAN_PORT', '8080'), timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
