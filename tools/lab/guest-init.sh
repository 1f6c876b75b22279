#!/bin/sh
# The first process of the lab's guest, run by busybox: a Linux with a shell on the serial console, an address by DHCP
# when it has a network card, a power button, a file system on its second disk, and QEMU's guest agent where the domain
# has a channel for it.
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
while read -r module; do
  insmod "/lib/modules/$module.ko"
done </lib/modules/order

name=$(cat /sys/class/dmi/id/product_serial 2>/dev/null)
hostname "${name:-guest}"

acpid -f -l /dev/null -c /etc/acpi >/dev/null 2>&1 &
ip link set lo up
if [ -e /sys/class/net/eth0 ]; then
  ip link set eth0 up
  udhcpc -q -i eth0 -x "hostname:$(hostname)" -s /etc/dhcp.sh >/dev/null 2>&1 &
fi

# Only an empty disk is written to.
if [ -e /dev/vdb ]; then
  if [ "$(head -c 65536 /dev/vdb | tr -d '\0' | wc -c)" = 0 ]; then zcat /lib/data.img.gz >/dev/vdb; fi
  mount -t ext4 /dev/vdb /data 2>/dev/null
fi

for name in /sys/class/virtio-ports/*/name; do
  if [ "$(cat "$name" 2>/dev/null)" = org.qemu.guest_agent.0 ]; then
    port=${name%/name}
    qemu-ga --daemonize --statedir=/tmp --pidfile=/tmp/qemu-ga.pid --path="/dev/${port##*/}"
  fi
done

echo "$(hostname) is ready: up $(cut -d' ' -f1 /proc/uptime) s, disks" /dev/vd?
while true; do
  setsid cttyhack sh
done
