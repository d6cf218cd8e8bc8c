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
      # Whoever has switched the service off keeps it off.
      deb-systemd-helper unmask coopledger.service >/dev/null || true
      if deb-systemd-helper --quiet was-enabled coopledger.service; then
        deb-systemd-helper enable coopledger.service >/dev/null || true
      else
        deb-systemd-helper update-state coopledger.service >/dev/null || true
      fi
      deb-systemd-invoke restart coopledger.service || true
    fi
    ;;
esac
