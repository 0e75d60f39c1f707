# One image for web, worker, beat and migrate: the command decides. It holds no secret and runs as nobody special.
ARG PYTHON=3.11
ARG NODE=22

FROM node:${NODE}-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:${PYTHON}-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --requirement requirements/base.txt
WORKDIR /srv/gpf
COPY . .
COPY --from=front-end /build/node_modules node_modules
RUN PYTHONPATH=bin python -m launch.front_end && rm -r node_modules \
    && python -m babel.messages.frontend compile -d locale -D django \
    && DJANGO_SETTINGS_MODULE=gpf.settings.local GPF_STATIC_ROOT=/srv/static python manage.py collectstatic --no-input \
    && python -m compileall -q .

FROM python:${PYTHON}-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/gpf gpf \
    && install -d -o gpf -g gpf /var/lib/gpf /var/lib/gpf/media /var/lib/gpf/beat
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv /srv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    DJANGO_SETTINGS_MODULE=gpf.settings.production \
    GPF_HOME=/var/lib/gpf \
    GPF_STATIC_ROOT=/srv/static
WORKDIR /srv/gpf
USER gpf
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "gunicorn.conf.py", "gpf.wsgi"]
