/** A domain of a q35 machine with which no rule finds fault, and what a test puts in its place. */
export function domainText(
  parts: {
    readonly devices?: string;
    readonly memory?: string;
    readonly vcpu?: string;
    readonly machine?: string;
    readonly osAttributes?: string;
    readonly inOs?: string;
    readonly beforeDevices?: string;
    readonly behindDevices?: string;
    readonly type?: string;
    readonly attributes?: string;
    readonly name?: string;
    readonly uuid?: string;
  } = {},
): string {
  const { devices = '', memory = "<memory unit='MiB'>64</memory>", vcpu = '', machine = 'q35' } = parts;
  const { osAttributes = '', inOs = '', beforeDevices = '', behindDevices = '' } = parts;
  const { type = 'kvm', attributes = '', name = 'vm', uuid = '' } = parts;
  const lines = [
    `<domain type='${type}'${attributes}>`,
    `  <name>${name}</name>`,
    ...(uuid === '' ? [] : [`  <uuid>${uuid}</uuid>`]),
    ...[memory, vcpu].filter((line) => line !== '').map((line) => `  ${line}`),
    `  <os${osAttributes}>`,
    `    <type arch='x86_64' machine='${machine}'>hvm</type>`,
    ...(inOs === '' ? [] : [`    ${inOs}`]),
    '  </os>',
    ...(beforeDevices === '' ? [] : [`  ${beforeDevices}`]),
    '  <devices>',
    ...devices.split('\n').map((line) => `    ${line}`),
    '  </devices>',
    ...(behindDevices === '' ? [] : [`  ${behindDevices}`]),
    '</domain>',
  ];
  return `${lines.join('\n')}\n`;
}

/** A disk that is a file of its own. */
export function fileDisk(
  target: string,
  more: {
    readonly bus?: string;
    readonly inside?: string;
    readonly device?: string;
    readonly driver?: string;
  } = {},
): string {
  const { bus = 'virtio', inside = '', device = 'disk', driver = '' } = more;
  const busAttribute = bus === '' ? '' : ` bus='${bus}'`;
  const driverElement = driver === '' ? '' : `<driver name='qemu' type='raw' ${driver}/>`;
  return `<disk type='file' device='${device}'>${driverElement}<source file='/images/${target}'/><target dev='${target}'${busAttribute}/>${inside}</disk>`;
}
