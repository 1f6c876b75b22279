import { domain, network, pool, volume } from './documents.ts';
import type { TextRange } from '../../../src/xml/document.ts';

export interface HandMadeFault {
  readonly name: string;
  readonly schema: string;
  readonly text: string;
  /** The tokens at fault, in order. */
  readonly tokens: readonly TextRange[];
  /** What the message of each must say: what is wrong, and the answer where there is one. */
  readonly says: readonly RegExp[];
  /** The document before the mistake was made. */
  readonly unchanged: string;
}

/** What stands in the document, what is written instead with marks around the faulty tokens, what is to be told. */
type Mistake = readonly [from: string, to: string, ...says: RegExp[]];

/** Something is taken out, and what lacks it is the element whose start tag begins so. */
function lacking(part: string, tag: string, says: RegExp): Mistake {
  const from = domain.slice(domain.indexOf(tag), domain.indexOf(part) + part.length);
  return [from, from.replace(part, '').replace(/<(\w+)/, '<«$1»'), says];
}

/** A start tag is written otherwise, and what is at fault is behind it. */
function conflicting(document: string, tag: string, written: string, token: string, says: RegExp): Mistake {
  const from = document.slice(
    document.indexOf(tag),
    document.indexOf(token, document.indexOf(tag)) + token.length,
  );
  const behind = from.slice(tag.length, -token.length);
  return [from, `${written}${behind}«${token}»`, says];
}

const inDomain: readonly Mistake[] = [
  // Names.
  ["<memory unit='KiB'>1048576</memory>", "<«memroy» unit='KiB'>1048576</memroy>", /memroy.*<memory>/],
  ["<memory unit='KiB'>1048576</memory>", "<«mem» unit='KiB'>1048576</mem>", /<mem>.*<memory>/],
  ['<name>vm1</name>', '<«Name»>vm1</Name>', /<Name>.*<name>/],
  [
    "<watchdog model='i6300esb' action='reset'/>",
    "<«watchdgo» model='i6300esb' action='reset'/>",
    /<watchdog>/,
  ],
  ["<source network='default'/>", "<«sorce» network='default'/>", /<sorce>.*<source>/],
  ['<acpi/>', '<«acip»/>', /<acip>.*<acpi>/],
  ['<on_reboot>restart</on_reboot>', '<«onreboot»>restart</onreboot>', /<on_reboot>/],
  ['<readonly/>', '<«readOnly»/>', /<readonly>/],
  ['<readonly/>', '<«read-only»/>', /<readonly>/],
  ["dev='vda' bus='virtio'", "dev='vda' «buss»='virtio'", /buss.*bus/],
  [
    "<host name='mon1.example.org' port='6789'/>",
    "<host «nmae»='mon1.example.org' port='6789'/>",
    /nmae.*name/,
  ],
  ["<mac address='52:54:00:12:34:56'/>", "<mac «adress»='52:54:00:12:34:56'/>", /adress.*address/],
  ["<source protocol='rbd'", "<source «protocl»='rbd'", /protocol/],
  ["<auth username='libvirt'>", "<auth «user»='libvirt'>", /user.*username/],
  // Values.
  ["bus='virtio'", "bus='«virtoi»'", /virtoi.*'virtio'/],
  ["<disk type='network' device='disk'>", "<disk type='«netwrok»' device='disk'>", /netwrok.*'network'/],
  ["cache='none'", "cache='«nonne»'", /nonne.*'none'/],
  ["<graphics type='vnc'", "<graphics type='«vcn»'", /'vnc'/],
  ["<graphics type='vnc'", "<graphics type='«html5»'", /html5.*vnc/],
  ["autoport='yes'", "autoport='«true»'", /true.*'yes'/],
  ["device='cdrom'", "device='«CDROM»'", /'cdrom'/],
  ["<interface type='bridge'>", "<interface type='«brigde»'>", /'bridge'/],
  ["mode='host-passthrough'", "mode='«host-passthru»'", /'host-passthrough'/],
  ["uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'", "uuid='«2ec115d7-3a88-3ceb-bc12»'", /a UUID/],
  ["<mac address='52:54:00:12:34:56'/>", "<mac address='«52:54:00:12:34»'/>", /a MAC address such as/],
  ["slot='0x00'", "slot='«0x40»'", /a PCI slot, 0x00 to 0x1f/],
  ["name='mon1.example.org' port='6789'", "name='mon1.example.org' port='«ceph»'", /ceph.*number/],
  ["<controller type='usb' index='0'", "<controller type='usb' index='« 0»'", /white space.*'0'/],
  ["<address type='pci' domain", "<address type='«pcii»' domain", /pcii.*'pci'/],
  ["dev='vda' bus='virtio'", "dev='«disk1»' bus='virtio'", /a disk name such as vda/],
  // Texts.
  ['>2</vcpu>', '>«two»</vcpu>', /<vcpu>.*two.*number/],
  ["<vcpu placement='static'>2</vcpu>", "<«vcpu» placement='static'></vcpu>", /<vcpu> is empty.*number/],
  ["<memory unit='KiB'>1048576</memory>", '<memory>«1 GiB»</memory>', /<memory unit='GiB'>1<\/memory>/],
  ['<on_crash>destroy</on_crash>', '<on_crash>«explode»</on_crash>', /explode.*destroy, restart/],
  ['<on_poweroff>destroy</on_poweroff>', '<on_poweroff>«destory»</on_poweroff>', /'destroy'/],
  ["machine='q35'>hvm<", "machine='q35'>«hmv»<", /'hvm'/],
  // Missing parts.
  lacking('  <name>vm1</name>\n', '<domain', /<domain> lacks <name>/),
  lacking("<target dev='vda' bus='virtio'/>", "<disk type='network'", /<disk> lacks <target>/),
  ["<target dev='sda' bus='sata'/>", "<«target» bus='sata'/>", /<target> lacks.*dev/],
  lacking(" uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'", '<secret', /uuid or usage/),
  ["<disk type='network' device='disk'>", "<«disk» device='disk'>", /<disk> lacks type='network'/],
  ["<interface type='bridge'>", '<«interface»>', /type='bridge'/],
  ["<address type='pci' domain", '<«address» domain', /type='pci'/],
  ["<mac address='52:54:00:12:34:56'/>", '<«mac»/>', /<mac> lacks.*address.*MAC/],
  // Wrong places.
  ['<devices>', "<«disk» type='file'><target dev='vdb'/></disk>\n  <devices>", /<disk>.*<devices>/],
  [
    "<source protocol='rbd'",
    "<«host» name='mon0' port='6789'/>\n      <source protocol='rbd'",
    /<host>.*<source>/,
  ],
  ["<host name='mon2.example.org' port='6789'/>", "<«target» dev='vdq'/>", /<target>.*<disk>/],
  ['<features>', "<«boot» dev='hd'/>\n  <features>", /<boot>.*<os>/],
  ["<boot dev='hd'/>", "<boot dev='«cd»'/>", /'cdrom'/],
  ["<boot dev='hd'/>", '<«memory»>4</memory>', /<memory>.*<domain>/],
  // Values that are known, but do not go with what is there.
  conflicting(
    domain,
    "<disk type='network'",
    "<disk type='file'",
    'protocol',
    /protocol goes with type='network'; <disk> has type='file'/,
  ),
  [
    "<source file='/var/lib/libvirt/images/vm1.iso'/>",
    "<source «protocol»='rbd' name='p/i'/>",
    /type='network'/,
  ],
  [
    "<source file='/var/lib/libvirt/images/vm1.iso'/>",
    "<source «protocol»='rbd' name='p/i'><host name='a'/></source>",
    /protocol goes with type='network'; <disk> has type='file'/,
  ],
  [
    "<source file='/var/lib/libvirt/images/vm1.iso'/>",
    "<source file='/a.iso'><«host» name='a'/></source>",
    /<host> goes with type='network'; <disk> has type='file'/,
  ],
  [
    "<input type='tablet' bus='usb'/>",
    "<hostdev mode='subsystem' type='usb'><source><address «domain»='0x0000' bus='0x00' slot='0x1f' function='0x0'/></source></hostdev>",
    /domain goes with type='pci'; <hostdev> has type='usb'/,
  ],
  [
    "<input type='tablet' bus='usb'/>",
    "<graphics type='sdl' «port»='-1' «autoport»='yes' «listen»='127.0.0.1'/>",
    /port goes with type='vnc'.*type='sdl'/,
    /autoport/,
    /listen/,
  ],
  ["<source file='/var/lib", "<source «dev»='/var/lib", /dev goes with type='block'.*type='file'/],
  ["<disk type='file' device='cdrom'>", "<disk type='file' device='cdrom' «bus»='sata'>", /bus.*<target>/],
  ["<domain type='kvm'>\n  <name>vm1</name>", "<domain type='kvm' «name»='vm1'>", /name.*element/],
  ["<target dev='sda' bus='sata'/>", "<target dev='sda'><«bus»>sata</bus></target>", /bus='sata'/],
  // Twice.
  ['<os>', '<«vcpu»>2</vcpu>\n  <os>', /<vcpu> is given twice/],
  ['<readonly/>', "<readonly/>\n      <«target» dev='sdb'/>", /<target> is given twice/],
  // Text where none may be.
  ['<os>', '«# the system»\n  <os>', /Comments are written <!--/],
  ['<readonly/>', '<readonly/> «// a CD»', /Comments are written <!--/],
  ['<acpi/>', '<acpi>«on»</acpi>', /on.*<acpi>|<acpi>.*on/],
  ['<devices>', '<devices>\n    «todo: more disks»', /todo/],
  // Markup.
  lacking(`<readonly/>\n    </disk>`, "<disk type='file'", /<disk> is not closed/),
  ['</features>', '«</feature>»', /<\/features>/],
  ["bus='virtio'", '«bus=virtio»', /bus.*quotes/],
  ["bus='virtio'", "bus=«'virtio»", /bus.*not closed/],
  ['<features>', '«features»>', /<features>/],
  ['/vm1.iso', '/a«&»b.iso', /&amp;/],
  // Two at once.
  ["<target dev='vda' bus='virtio'/>", "<target dev='vda' bus='«virtoi»' «foo»='1'/>", /'virtio'/, /foo/],
  [
    '<on_reboot>restart</on_reboot>\n  <on_crash>destroy</on_crash>',
    '<on_reboot>«restrat»</on_reboot>\n  <«on_cash»>destroy</on_cash>',
    /'restart'/,
    /<on_crash>/,
  ],
];

const inNetwork: readonly Mistake[] = [
  ["<forward mode='nat'/>", "<«foward» mode='nat'/>", /<forward>/],
  ["<forward mode='nat'/>", "<forward mode='«natt»'/>", /'nat'/],
  ["start='192.0.2.100'", "start='«192.0.2.300»'", /an IPv4 address/],
  ["<range start='192.0.2.100' end='192.0.2.200'/>", "<«range» start='192.0.2.100'/>", /<range> lacks.*end/],
  ["<bridge name='virbr7'", "<bridge «nam»='virbr7'", /nam.*name/],
];

const inPool: readonly Mistake[] = [
  ["<pool type='rbd'>", "<pool type='«dir»'>", /type='dir' does not go with what <pool> holds.*'rbd'/],
  ["<pool type='rbd'>", "<pool type='«rdb»'>", /'rbd'/],
  ["<host name='mon1.example.org' port='6789'/>", "<«hots» name='mon1.example.org' port='6789'/>", /<host>/],
  ["<auth type='ceph' username='libvirt'>", "<auth type='«cephx»' username='libvirt'>", /'ceph'/],
];

const inVolume: readonly Mistake[] = [
  ["<capacity unit='GiB'>20</capacity>", "<capacity unit='«Gigs»'>20</capacity>", /unit such as/],
  ["<capacity unit='GiB'>20</capacity>", "<«capcity» unit='GiB'>20</capcity>", /<capacity>/],
  ["<format type='raw'/>", "<format «typ»='raw'/>", /typ.*type/],
];

export function handMadeFaults(): readonly HandMadeFault[] {
  return [
    ...inDomain.map((mistake) => made('domain.rng', domain, mistake)),
    ...inNetwork.map((mistake) => made('network.rng', network, mistake)),
    ...inPool.map((mistake) => made('storagepool.rng', pool, mistake)),
    ...inVolume.map((mistake) => made('storagevol.rng', volume, mistake)),
  ];
}

function made(schema: string, unchanged: string, [from, to, ...says]: Mistake): HandMadeFault {
  if (!unchanged.includes(from)) throw new Error(`${schema}: there is no ${from}`);
  const { text, ranges: tokens } = withoutMarks(unchanged.replace(from, () => to));
  return { name: `${schema}: ${from} → ${to}`.replace(/\s+/g, ' '), schema, text, tokens, says, unchanged };
}

function withoutMarks(marked: string): { text: string; ranges: readonly TextRange[] } {
  const ranges: TextRange[] = [];
  let text = '';
  let start = 0;
  for (const part of marked.split(/(?=[«»])/)) {
    if (part.startsWith('«')) start = text.length;
    else if (part.startsWith('»')) ranges.push({ start, end: text.length });
    text += part.replace(/^[«»]/, '');
  }
  return { text, ranges };
}
