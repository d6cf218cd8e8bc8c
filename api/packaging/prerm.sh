#!/bin/sh
set -e

if [ -d /run/systemd/system ] && [ "$1" = remove ]; then
  deb-systemd-invoke stop coopledger.service || true
  systemctl disable coopledger.service || true
fi
