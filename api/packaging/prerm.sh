#!/bin/sh
set -e

if [ -d /run/systemd/system ] && [ "$1" = remove ]; then
  deb-systemd-invoke stop coopledger.service || true
  deb-systemd-helper disable coopledger.service >/dev/null || true
fi
