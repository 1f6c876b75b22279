#!/bin/bash
# systemctl of the lab's hosts, which have no systemd: it knows libvirtd and nothing else.
set -u
while [[ ${1:-} == -* ]]; do shift; done
action=${1:-}
unit=${2:-}

running() { pid=$(cat /run/libvirtd.pid 2>/dev/null) && kill -0 "$pid" 2>/dev/null; }

start() { running || libvirtd --daemon; }

stop() {
  running || return 0
  kill "$pid"
  for _ in {1..500}; do
    running || return 0
    sleep 0.02
  done
  kill -KILL "$pid"
}

case ${unit%.service} in
  libvirtd) ;;
  *)
    echo "Unit ${unit} not found." >&2
    exit 5
    ;;
esac

case $action in
  start) start ;;
  stop) stop ;;
  restart) stop && start ;;
  enable) ;;
  is-active)
    if running; then echo active; else echo inactive; exit 3; fi
    ;;
  *)
    echo "Unknown command verb ${action}." >&2
    exit 1
    ;;
esac
