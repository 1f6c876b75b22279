import { t } from '../../../base/l10n.ts';

/**
 * What libvirt's own names for kinds of text mean to a person; the names are those of the definitions in its schemas.
 * undefined for names that are not here: the words then come from the datatype.
 */
export function definitionInWords(definition: string): string | undefined {
  return words.get(definition)?.();
}

/** Texts that people write most, where a definition takes more than it lists. */
export function examplesOf(definition: string): readonly string[] {
  return definition === 'unit' ? units : [];
}

const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'bytes', 'KB', 'MB', 'GB', 'TB'];

const number = (least: number, greatest: number) => (): string =>
  t('a number from {0} to {1}', least, greatest);
const hexNumber = (greatest: string) => (): string => t('a number, also as 0x0 to {0}', greatest);
const path = (): string => t('a path such as /var/lib/libvirt/images/vm1.qcow2');
const absolutePath = (): string => t('a path that begins with /');
const mac = (): string => t('a MAC address such as 52:54:00:12:34:56');
const ipv4 = (): string => t('an IPv4 address such as 192.0.2.10');
const ipv6 = (): string => t('an IPv6 address such as 2001:db8::10');
const name = (): string => t('a name of letters, digits, _ and -');
const usbId = (): string => t('a USB number such as 0x1234');

const words: ReadonlyMap<string, () => string> = new Map<string, () => string>([
  ['UUID', () => t('a UUID')],
  ['uniMacAddr', mac],
  ['macAddr', mac],
  ['multiMacAddr', mac],
  ['addrMAC', mac],
  ['mac', mac],
  ['ipv4Addr', ipv4],
  ['addrIP', ipv4],
  ['ipv6Addr', ipv6],
  ['addrIPv6', ipv6],
  ['addrMask', () => t('a netmask such as 255.255.255.0, or 0 to 32')],
  ['addrMaskv6', () => t('a netmask such as ffff:ffff::, or 0 to 128')],
  ['ipv4Prefix', number(0, 32)],
  ['ipv6Prefix', number(0, 128)],
  ['dnsName', () => t('a host name such as mon1.example.org')],
  ['DUID', () => t('a DHCP unique identifier such as 0:3:0:1:52:54:0:12:34:56')],
  ['duidLLT', () => t('a DHCP unique identifier such as 0:3:0:1:52:54:0:12:34:56')],
  ['scaledInteger', () => t('a size such as 512')],
  ['memoryKB', () => t('a size such as 512')],
  ['unit', () => t('a unit such as KiB, MiB or GiB')],
  ['pciDomain', () => t('a PCI domain, 0x0000 to 0xffff')],
  ['pciBus', () => t('a PCI bus, 0x00 to 0xff')],
  ['pciSlot', () => t('a PCI slot, 0x00 to 0x1f')],
  ['pciFunc', () => t('a PCI function, 0x0 to 0x7')],
  ['uint8', hexNumber('0xff')],
  ['uint16', hexNumber('0xffff')],
  ['uint24', hexNumber('0xffffff')],
  ['uint32', hexNumber('0xffffffff')],
  ['uint16range', hexNumber('0xffff')],
  ['uint32range', hexNumber('0xffffffff')],
  ['sixbitrange', hexNumber('0x3f')],
  ['hexuint', hexNumber('0xff…')],
  ['ccwCssidRange', hexNumber('0xfe')],
  ['ccwSsidRange', hexNumber('0x3')],
  ['ccwDevnoRange', hexNumber('0xffff')],
  ['apDomainRange', hexNumber('0xff')],
  ['spaprvioReg', hexNumber('0xffffffff')],
  ['mac-protocolid', () => t('an Ethernet protocol, 0x600 to 0xffff')],
  ['ipProtocolType', hexNumber('0xff')],
  ['vlan-vlanid', number(0, 4095)],
  ['vlan-id', number(0, 4095)],
  ['usbId', usbId],
  ['usbClass', usbId],
  ['usbAddr', () => t('a USB number such as 3')],
  ['usbPort', () => t('a USB port such as 1.2')],
  ['usbVersion', () => t('a USB version such as 2.0')],
  ['driveController', number(0, 99)],
  ['driveBus', number(0, 99)],
  ['driveTarget', number(0, 99)],
  ['driveUnit', number(0, 99999)],
  ['driveSCSITarget', () => t('a number such as 0')],
  ['driveSCSIUnit', () => t('a number such as 0')],
  ['virtioserialPort', number(0, 99)],
  ['ccidSlot', number(0, 99)],
  ['diskTargetDev', () => t('a disk name such as vda, sda or hda')],
  ['diskSerial', () => t('a serial number of letters, digits, spaces and . _ + -')],
  ['wwn', () => t('a WWN of 16 hexadecimal digits')],
  ['cpuset', () => t('CPUs such as 0-3,^2,8')],
  ['countCPU', () => t('a number from {0} upwards', 1)],
  ['vcpuid', () => t('a number such as 0')],
  ['octalMode', () => t('file permissions such as 0600')],
  ['createMode', () => t('file permissions such as 0600')],
  ['filePath', path],
  ['dirPath', absolutePath],
  ['absFilePath', absolutePath],
  ['absDirPath', absolutePath],
  ['path', absolutePath],
  ['volName', () => t('a volume name without /')],
  ['objectName', () => t('a name without /')],
  ['objectNameWithSlash', () => t('text on one line')],
  ['genericName', name],
  ['zoneName', name],
  ['filter-param-name', name],
  ['checkpointName', () => t('a name of letters, digits and _ - .')],
  ['aliasName', () => t('a name of letters, digits and _ - .')],
  ['profileName', () => t('a name of letters, digits and . - :')],
  ['featureName', () => t('a name of letters, digits and _ - .')],
  ['deviceName', () => t('a device name such as eth0')],
  ['timeZone', () => t('a time zone such as Europe/Berlin')],
  ['timeDelta', () => t('a number of seconds such as -3600')],
  ['timestamp', () => t('a time in seconds such as 1700000000.5')],
  ['compat', () => t('a version such as 1.1')],
  ['PortNumber', number(-1, 65535)],
  ['IscsiQualifiedName', () => t('an iSCSI name such as iqn.2026-01.org.example:disk1')],
  ['variable-name-type', () => t('a variable such as $IP')],
  ['tcpflags-type', () => t('TCP flags such as SYN,ACK/SYN')],
  ['stateflags-type', () => t('states such as NEW,ESTABLISHED')],
]);
