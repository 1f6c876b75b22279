#!/bin/bash
# The first process of a machine of the lab, in mount, UTS, PID and network namespaces of its own.
#   machine.sh FOLDER NAME
# Gives the machine a root that shows this system's files and keeps every change in memory, with /run and /var/log in
# FOLDER; says "ready" on descriptor 3; then only reaps what ends.
set -euo pipefail
folder=$1
name=$2

mount --make-rprivate /
mount -t tmpfs -o mode=755 "$name" "$folder/root"
cd "$folder/root"
mkdir changes work merged
mount -t overlay -o lowerdir=/,upperdir=changes,workdir=work overlay merged
cd merged

mount --rbind /dev dev
if [[ -e dev/kvm ]]; then
  # Not every system that has it can run a guest with it. All guests are emulated: in its place is what nobody can open.
  mkdir ../hidden
  mount -t tmpfs -o nodev "$name" ../hidden
  mknod -m 600 ../hidden/kvm c 10 232
  mount --bind ../hidden/kvm dev/kvm
fi
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --bind "$folder/run" run
mount --bind "$folder/log" var/log
mkdir .outside
pivot_root . .outside
umount -l /.outside
rmdir /.outside

# From here on nothing outside can be named. What the system's own users, libvirt and Ceph have is not the lab's to show.
rm -rf /etc/libvirt/{qemu,storage,secrets,nwfilter} /etc/ssh/ssh_host_* /etc/resolv.conf
for place in /root:700 /home:755 /tmp:1777 /var/tmp:1777 /etc/ceph:755 /var/{lib/ceph,lib/libvirt,cache/libvirt}:755; do
  mkdir -p "${place%:*}"
  mount -t tmpfs -o "mode=${place#*:}" "$name" "${place%:*}"
done
# There is no name server; dnsmasq wants the file that says so.
: >/etc/resolv.conf

hostname "$name"
ip link set lo up
echo ready >&3
exec 3>&-
while true; do
  sleep infinity &
  wait $! || true
done
