# The program alone, for a user without rights. The folder beside it, one for each kind of processor, holds the static program:
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/library" IMAGE build
FROM scratch
ARG TARGETARCH
COPY ${TARGETARCH}/casebook /casebook
USER 65532:65532
WORKDIR /library
ENV HOME=/library
EXPOSE 4000
ENTRYPOINT ["/casebook"]
CMD ["help"]
