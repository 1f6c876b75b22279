/** What a host gets so that it starts its storage pools when what they are on answers. */
export const starterUnit = 'libvirt-start-pools.service';
export const starterUnitPath = `/etc/systemd/system/${starterUnit}`;
export const starterScriptPath = '/usr/local/sbin/libvirt-start-pools';

/**
 * Runs whenever libvirt's daemon has been started or restarted, and ends when all is done: a pool that somebody stops
 * later stays stopped.
 */
export const starterUnitText = `[Unit]
Description=Start libvirt's storage pools when their servers answer
Documentation=https://libvirt.org/storage.html
After=libvirtd.service virtstoraged.service virtqemud.socket network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=${starterScriptPath}

[Install]
WantedBy=libvirtd.service virtstoraged.service
`;

export const starterScript = `#!/bin/sh
# Starts the storage pools of libvirt that are to start with the host and are not active, each as soon as one of the
# servers that it is on answers. libvirt itself tries once, when its daemon starts for the first time since the boot.
# Installed by the extension Libvirt & Ceph for VS Code, which can remove it; or by hand:
#   systemctl disable --now ${starterUnit}
#   rm ${starterUnitPath} ${starterScriptPath}
set -u
uri=\${LIBVIRT_POOLS_URI:-qemu:///system}
rounds=\${LIBVIRT_POOLS_ROUNDS:-240}
pause=\${LIBVIRT_POOLS_PAUSE:-15}

ask() { timeout 120 virsh -q -c "$uri" "$@"; }

# answers HOST PORT WORD: whether it takes connections and, where there is a WORD, says that first. A monitor of Ceph
# that hangs takes connections, but says nothing.
answers() {
  timeout 3 bash -c '
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    [ -z "$3" ] || [ "$(head -c "\${#3}" <&3)" = "$3" ]
  ' bash "$1" "$2" "$3" 2>/dev/null
}

# reachable UUID: whether one of the servers of the pool answers. A pool that has none is.
reachable() {
  xml=$(ask pool-dumpxml "$1") || return 1
  type=$(printf '%s\\n' "$xml" | sed -n "s/^<pool type='\\([^']*\\)'.*/\\1/p")
  format=$(printf '%s\\n' "$xml" | sed -n "s/^ *<format type='\\([^']*\\)'.*/\\1/p" | head -n 1)
  word=
  case $type:$format in
    rbd:*) ports='3300 6789' word=ceph ;;
    netfs:cifs) ports=445 ;;
    netfs:glusterfs | gluster:*) ports=24007 ;;
    netfs:*) ports=2049 ;;
    iscsi:* | iscsi-direct:*) ports=3260 ;;
    *) return 0 ;;
  esac
  servers=$(printf '%s\\n' "$xml" | tr -d '[]' |
    sed -n "s/^ *<host name='\\([^']*\\)' port='\\([0-9]*\\)'.*/\\1 \\2/p; s/^ *<host name='\\([^']*\\)'\\/>.*/\\1/p")
  [ -n "$servers" ] || return 0
  printf '%s\\n' "$servers" | while read -r host port; do
    case " $ports " in *" $port "*) port= ;; esac
    for each in $port $ports; do
      if answers "$host" "$each" "$word"; then exit 10; fi
    done
  done
  [ $? = 10 ]
}

round=0
while [ "$round" -lt "$rounds" ]; do
  [ "$round" = 0 ] || sleep "$pause"
  round=$((round + 1))
  pools=$(ask pool-list --inactive --autostart --uuid) || continue
  left=
  for pool in $pools; do
    name=$(ask pool-name "$pool")
    if ! reachable "$pool"; then
      [ "$round" -gt 1 ] || echo "Waiting for the servers of the storage pool $name."
      left=yes
    elif ask pool-start "$pool" >/dev/null; then
      echo "Started the storage pool $name."
    else
      left=yes
    fi
  done
  [ -n "$left" ] || exit 0
done
echo 'Not all storage pools could be started.' >&2
exit 1
`;
