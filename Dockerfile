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
ENV DATABASE_URL=sqlite:////data/cornerman.db
VOLUME /data
EXPOSE 8080
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz')"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
