#!/bin/sh
# Installs casebook @VERSION@ for this user, after comparing it with its published checksum.
# Usage: sh casebook-installer.sh [FOLDER]     (default: ~/.local/bin)
set -eu
version=@VERSION@
repository=@REPOSITORY@
folder=${1:-$HOME/.local/bin}

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-musl sum=@SHA256:casebook-@VERSION@-x86_64-unknown-linux-musl.tar.gz@ ;;
  Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl sum=@SHA256:casebook-@VERSION@-aarch64-unknown-linux-musl.tar.gz@ ;;
  Darwin-x86_64) target=x86_64-apple-darwin sum=@SHA256:casebook-@VERSION@-x86_64-apple-darwin.tar.gz@ ;;
  Darwin-arm64) target=aarch64-apple-darwin sum=@SHA256:casebook-@VERSION@-aarch64-apple-darwin.tar.gz@ ;;
  *) echo "casebook is not released for $(uname -s) on $(uname -m); with Rust: cargo install casebook" >&2; exit 1 ;;
esac

name=casebook-$version-$target
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
address=${CASEBOOK_DOWNLOADS:-https://github.com/$repository/releases/download/v$version}/$name.tar.gz
if command -v curl >/dev/null; then
  curl --fail --silent --show-error --location --output "$scratch/casebook.tar.gz" "$address"
else
  wget --quiet --output-document="$scratch/casebook.tar.gz" "$address"
fi
if command -v sha256sum >/dev/null; then
  found=$(sha256sum "$scratch/casebook.tar.gz")
else
  found=$(shasum -a 256 "$scratch/casebook.tar.gz")
fi
if [ "${found%% *}" != "$sum" ]; then
  echo "the checksum of the download is wrong: nothing was installed" >&2
  exit 1
fi
tar -xzf "$scratch/casebook.tar.gz" -C "$scratch"
mkdir -p "$folder"
# Renamed in one step, so that a running casebook is not written over.
cp "$scratch/$name/casebook" "$folder/.casebook-new"
mv -f "$folder/.casebook-new" "$folder/casebook"
echo "installed $("$folder/casebook" --version) in $folder"
case ":$PATH:" in
  *":$folder:"*) ;;
  *) echo "add it to your path: export PATH=\"$folder:\$PATH\"" ;;
esac
