# The program compiled to native code, on an image that holds nothing but what it needs: no shell, no package manager.
# Works with BuildKit and with the legacy builder.

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS build
WORKDIR /source
# What a restore needs comes first, so that the layer with the packages outlives changes of the sources.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Ccaas.Action/Ccaas.Action.csproj src/Ccaas.Action/packages.*.lock.json src/Ccaas.Action/
# Each package, the native compiler included, must have the hash in the lock file of this platform.
RUN dotnet restore src/Ccaas.Action -p:Native=true --use-current-runtime --locked-mode
COPY src/Ccaas.Action src/Ccaas.Action
RUN dotnet publish src/Ccaas.Action -p:Native=true --use-current-runtime --no-restore -o /publish \
    && mkdir /image \
    && mv /publish/ccaas-token /image/ccaas-token \
    && ln -s ccaas-token /image/ccaas-token-post

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
LABEL org.opencontainers.image.title="ccaas-token-action" \
      org.opencontainers.image.description="Obtains a contact-center access token for a CI pipeline, masks it and publishes it to later steps." \
      org.opencontainers.image.source="https://github.com/org/ccaas-token-action" \
      org.opencontainers.image.documentation="https://github.com/org/ccaas-token-action/blob/v1/README.md" \
      org.opencontainers.image.licenses="MIT"
# With the name that the post step calls it by: an entry point can be chosen there, but no arguments.
COPY --from=build /image/ /
# The runner's command files belong to the runner's user and only the owner may write them: the base image's own
# unprivileged user could not hand anything on (docs/security.md).
USER 0
# A list and not a text: a shell would drop the inputs, whose names hold hyphens. There is no shell here anyway.
ENTRYPOINT ["/ccaas-token"]
