#!/bin/sh
set -e

# Books are never thrown away by a package manager: /var/lib/coopledger stays, also when purged.
if [ -d /run/systemd/system ]; then systemctl --system daemon-reload || true; fi
if [ "$1" = purge ] && [ -d /var/lib/coopledger ]; then
  echo 'coopledger: the books in /var/lib/coopledger are left in place' >&2
fi
