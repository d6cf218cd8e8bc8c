#!/bin/sh
set -e

case "$1" in
  configure)
    if ! getent passwd coopledger >/dev/null; then
      adduser --quiet --system --group --home /var/lib/coopledger --no-create-home --gecos CoopLedger coopledger
    fi
    mkdir -p /var/lib/coopledger
    chown coopledger:coopledger /var/lib/coopledger
    chmod 700 /var/lib/coopledger
    chown root:coopledger /etc/coopledger /etc/coopledger/coopledger.toml
    chmod 750 /etc/coopledger
    chmod 640 /etc/coopledger/coopledger.toml
    if [ -d /run/systemd/system ]; then
      systemctl --system daemon-reload
      systemctl enable coopledger.service
      deb-systemd-invoke restart coopledger.service || true
    fi
    ;;
esac
