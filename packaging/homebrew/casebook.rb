class Casebook < Formula
  desc "Turns a folder of Markdown case studies into a searchable static website"
  homepage "https://github.com/@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/casebook-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256:casebook-@VERSION@-aarch64-apple-darwin.tar.gz@"
    end
    on_intel do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/casebook-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256:casebook-@VERSION@-x86_64-apple-darwin.tar.gz@"
    end
  end
  on_linux do
    on_arm do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/casebook-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256:casebook-@VERSION@-aarch64-unknown-linux-musl.tar.gz@"
    end
    on_intel do
      url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/casebook-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256:casebook-@VERSION@-x86_64-unknown-linux-musl.tar.gz@"
    end
  end

  def install
    bin.install "casebook"
    generate_completions_from_executable(bin/"casebook", "completions")
  end

  test do
    system bin/"casebook", "init", "library"
    system bin/"casebook", "--root", "library", "build"
    assert_path_exists testpath/"library/output/index.html"
  end
end
