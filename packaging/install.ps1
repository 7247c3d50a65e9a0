# Installs casebook @VERSION@ for this user, after comparing it with its published checksum.
# Usage: powershell -ExecutionPolicy Bypass -File casebook-installer.ps1
$ErrorActionPreference = 'Stop'
$version = '@VERSION@'
$name = "casebook-$version-x86_64-pc-windows-msvc"
$sum = '@SHA256:casebook-@VERSION@-x86_64-pc-windows-msvc.zip@'
$folder = Join-Path $env:LOCALAPPDATA 'Programs\casebook'
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $scratch | Out-Null
try {
    $archive = Join-Path $scratch 'casebook.zip'
    Invoke-WebRequest -UseBasicParsing -OutFile $archive `
        -Uri "https://github.com/@REPOSITORY@/releases/download/v$version/$name.zip"
    if ((Get-FileHash -Algorithm SHA256 $archive).Hash -ne $sum) {
        throw 'the checksum of the download is wrong: nothing was installed'
    }
    Expand-Archive -Path $archive -DestinationPath $scratch
    New-Item -ItemType Directory -Force -Path $folder | Out-Null
    Copy-Item -Force (Join-Path $scratch "$name\casebook.exe") $folder
}
finally {
    Remove-Item -Recurse -Force $scratch
}
$path = [Environment]::GetEnvironmentVariable('Path', 'User')
if (($path -split ';') -notcontains $folder) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$folder", 'User')
    Write-Output 'open a new terminal, so that it finds casebook'
}
Write-Output "installed casebook $version in $folder"
