#!/usr/bin/env bash
# The font that documents are drawn with. It has to have the rare characters of people's names.
#   tools/fonts.sh up     find it, or fetch it: Debian's fonts-lxgw-wenkai where root may install it, else Noto Sans SC from npm
#   tools/fonts.sh name   say which is in use
#   tools/fonts.sh put FOLDER   lay Debian's into a published API, which goes where that package may not be
set -euo pipefail
cd "$(dirname "$0")/.."

debian=/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf
home=api/Documents/fonts
npm=$home/dist/NotoSansSC-Regular.ttf

up() {
  [ ! -f $debian ] && [ ! -f $npm ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'the font of documents is missing: installing the package'
    mkdir -p .data
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y fonts-lxgw-wenkai; } >.data/apt.log 2>&1 </dev/null && return 0
  fi
  echo 'the font of documents is missing: fetching it from npm'
  (cd $home && npm ci --no-audit --no-fund --loglevel=error) && mkdir -p $home/dist &&
    cp $home/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf $npm && rm -rf $home/node_modules && return 0
  echo 'warning: no font for documents: they are not to be had as PDF' >&2
}

name() {
  if [ -f $debian ]; then echo 'LXGW WenKai'
  elif [ -f $npm ]; then echo 'Noto Sans SC, which lacks some rare characters'
  else echo 'none: documents are not to be had as PDF'
  fi
}

# One from npm is among what is published already.
put() {
  [ -f $debian ] || return 0
  mkdir -p "$1/Documents/fonts/dist"
  cp $debian /usr/share/doc/fonts-lxgw-wenkai/copyright "$1/Documents/fonts/dist/"
}

"${1:?up, name or put}" "${@:2}"
