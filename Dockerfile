# Footnote as a container: small, without root, and with nothing to write but /data. See docs/deployment.md.
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml requirements.lock README.md LICENSE ./
RUN python -m venv /opt/footnote \
 && /opt/footnote/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY src src
COPY index index
COPY bot bot
COPY deploy/without_tests.py ./
# What only tests need leaves once it has built the wheel.
RUN /opt/footnote/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/footnote/bin/pip uninstall --yes --quiet $(/opt/footnote/bin/python without_tests.py pyproject.toml)

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin footnote \
 && install -d -o footnote -g footnote -m 700 /data \
 && install -d /articles
COPY --from=build /opt/footnote /opt/footnote
ENV PATH=/opt/footnote/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    FOOTNOTE_ARTICLES=/articles \
    FOOTNOTE_DATA=/data \
    FOOTNOTE_WEB_HOST=0.0.0.0 \
    FOOTNOTE_WEB_PORT=8080
WORKDIR /data
USER footnote
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["footnote"]
CMD ["bot", "--build"]
