import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand, tryCommand, type CommandResult } from '../../tools/lab/commands.ts';
import { rbdPoolXml } from '../../tools/lab/domains.ts';
import { exists } from '../../tools/lab/files.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { Lab, startLab } from '../../tools/lab/lab.ts';
import { defineDomains, definePools } from '../../tools/lab/load.ts';
import { greeting } from '../../tools/lab/ports.ts';
import { listProcesses, readProcess } from '../../tools/lab/processes.ts';
import { eventually } from './support/eventually.ts';

describe('The lab', function () {
  this.timeout(120_000);
  let lab: Lab;
  let host: LabHost;
  let stateBefore: string;

  before(async () => {
    stateBefore = await systemState();
    lab = await startLab({
      hosts: [{ name: 'kvm1', inventory: true }, { name: 'kvm2' }, { name: 'kvm3', rbdBackend: false }],
    });
    host = lab.host('kvm1');
  });

  after(async () => {
    await lab.stop();
  });

  const ssh = async (destination: string, ...command: string[]): Promise<CommandResult> =>
    tryCommand(['ssh', '-F', lab.ssh.configPath, '-o', 'BatchMode=yes', destination, ...command]);

  it('has a healthy cluster', async () => {
    const status = (await lab.ceph.ceph('status')) as { health: { status: string }; osdmap: object };
    assert.equal(status.health.status, 'HEALTH_OK');
    assert.deepEqual(await lab.ceph.rbd('ls', lab.ceph.pool), ['db1', 'template-linux', 'web1', 'web1-data']);
  });

  it('is reached by the SSH client with the configuration it wrote', async () => {
    assert.equal((await ssh('kvm1', 'hostname')).stdout, 'kvm1\n');
    assert.equal((await ssh('kvm3', 'hostname')).stdout, 'kvm3\n');
    const { stdout, stderr } = await ssh('kvm1', 'ceph health');
    assert.match(stdout, /^HEALTH_OK/, stderr);
  });

  it('has hosts that are reached through another one', async () => {
    const identity = ['-o', `IdentityFile=${lab.ssh.identityPath}`];
    const known = ['-o', `UserKnownHostsFile=${lab.ssh.knownHostsPath}`];
    const command = [
      'ssh',
      '-F',
      lab.ssh.configPath,
      ...identity,
      ...known,
      '-o',
      'BatchMode=yes',
      '-J',
      'kvm1',
    ];
    const { stdout, stderr } = await tryCommand([...command, `root@${lab.host('kvm2').address}`, 'hostname']);
    assert.equal(stdout, 'kvm2\n', stderr);
  });

  it('has users with and without a right to libvirtd', async () => {
    const list = 'virsh --quiet --connect qemu:///system list --name';
    assert.match((await ssh('vmadmin@kvm1', list)).stdout, /^web1$/m);
    assert.match((await ssh('visitor@kvm1', list)).stderr, /libvirt-sock': Permission denied/);
  });

  it('offers the socket of libvirtd to this system', async () => {
    const uri = `qemu:///system?socket=${host.socketPath}`;
    const domains = await runCommand(['virsh', '--quiet', '--connect', uri, 'list', '--all', '--name']);
    assert.deepEqual(domains.trim().split('\n').sort(), ['cache1', 'db1', 'web1']);
    assert.equal((await host.virsh('domstate', 'web1')).trim(), 'running');
    assert.match(await host.virsh('pool-info', 'rbd-pool'), /^State: +running$/m);
  });

  it('runs a guest from RBD that has an address and answers on its console', async () => {
    const log = join(host.logFolder, 'libvirt/qemu/web1-serial.log');
    await eventually('the guest boots', async () => (await readFile(log, 'utf8')).includes('web1 is ready'));
    await eventually('the guest gets an address', async () =>
      /192\.168\.122\.\d+/.test(await host.virsh('net-dhcp-leases', 'default')),
    );
    await talkToConsole(lab, 'web1', 'echo $((6 * 7)) /dev/vd?', '42 /dev/vda /dev/vdb');
  });

  it('moves the running guest to another host and back', async () => {
    const other = lab.host('kvm2');
    await other.virsh('net-start', 'default');
    const migrate = ['migrate', '--live', '--persistent', '--undefinesource', 'web1'];
    await host.virsh(...migrate, 'qemu+ssh://kvm2/system');
    assert.equal((await other.virsh('domstate', 'web1')).trim(), 'running');
    await other.virsh(...migrate, 'qemu+ssh://kvm1/system');
    assert.equal((await host.virsh('domstate', 'web1')).trim(), 'running');
  });

  it('has a domain that cannot start because its RBD disk lacks <auth>', async () => {
    await assert.rejects(host.virsh('start', 'db1'), /error connecting: /);
  });

  it('has a host without the RBD backend, which apt-get on that host brings', async () => {
    const bare = lab.host('kvm3');
    const definition = await bare.writeXml('pool', rbdPoolXml());
    await assert.rejects(bare.virsh('pool-define', definition), /missing backend for pool type 9 \(rbd\)/);
    const { stdout, stderr } = await ssh('kvm3', 'apt-get install -y libvirt-daemon-driver-storage-rbd');
    assert.match(stdout, /Setting up libvirt-daemon-driver-storage-rbd/, stderr);
    await bare.restartLibvirtd();
    await bare.virsh('pool-define', definition);
  });

  it('leaves an autostarted RBD pool inactive when libvirtd restarts, and the guest running', async () => {
    await host.restartLibvirtd();
    assert.match(await host.virsh('pool-info', 'rbd-pool'), /^State: +inactive$/m);
    assert.equal((await host.virsh('domstate', 'web1')).trim(), 'running');
    await host.virsh('pool-start', 'rbd-pool');
  });

  it('freezes and thaws the monitor', async () => {
    const health = async (): Promise<CommandResult> =>
      host.exec(['ceph', '--connect-timeout', '3', 'health']);
    await lab.ceph.freeze();
    assert.notEqual((await health()).exitCode, 0);
    await lab.ceph.thaw();
    await eventually('the monitor answers again', async () => (await health()).exitCode === 0);
  });

  it('kills and starts an OSD', async () => {
    const up = async (): Promise<number> =>
      ((await lab.ceph.ceph('osd', 'stat')) as { num_up_osds: number }).num_up_osds;
    await lab.ceph.kill('osd.0');
    await assert.rejects(lab.ceph.kill('osd.0'), /no osd\.0 running/);
    assert.equal(await up(), 0);
    await lab.ceph.start('osd.0');
    await eventually('the OSD is up', async () => (await up()) === 1);
  });

  it('takes a host off the storage network', async () => {
    await host.cutStorageNetwork();
    assert.notEqual((await host.exec(['ceph', '--connect-timeout', '3', 'health'])).exitCode, 0);
    assert.equal((await ssh('kvm1', 'hostname')).stdout, 'kvm1\n');
    await host.restoreStorageNetwork();
    await eventually(
      'Ceph is in reach',
      async () => (await host.exec(['ceph', '--connect-timeout', '3', 'health'])).exitCode === 0,
    );
  });

  it('freezes libvirtd', async () => {
    const list = ['timeout', '2', 'virsh', 'list'];
    await host.freezeLibvirtd();
    assert.equal((await host.exec(list)).exitCode, 124);
    await host.thawLibvirtd();
    assert.equal((await host.exec(list)).exitCode, 0);
  });

  it('cuts SSH sessions, and refuses new ones', async () => {
    const session = ssh('kvm1', 'echo here; sleep 300');
    await eventually('the session is there', async () =>
      (await host.machine.processes()).some(({ args }) => args.includes('300')),
    );
    await host.cutSsh();
    assert.equal((await session).exitCode, 255);
    assert.equal((await ssh('kvm1', 'hostname')).exitCode, 0);
    await host.stopSshd();
    assert.match((await ssh('kvm1', 'hostname')).stderr, /Connection refused/);
    await host.startSshd();
    assert.equal((await ssh('kvm1', 'hostname')).exitCode, 0);
  });

  it('silences an SSH session until it is thawed', async () => {
    const session = spawn('ssh', ['-F', lab.ssh.configPath, 'kvm1', 'cat']);
    const said: string[] = [];
    session.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    session.stdin.write('one\n');
    await eventually('the session answers', async () => Promise.resolve(said.join('') === 'one\n'));
    await host.freezeSsh();
    session.stdin.write('two\n');
    await assert.rejects(
      eventually('a frozen session answers', async () => Promise.resolve(said.length > 1), 500),
    );
    await host.thawSsh();
    await eventually('the session goes on', async () => Promise.resolve(said.join('') === 'one\ntwo\n'));
    session.stdin.end();
    await once(session, 'exit');
  });

  it('adds latency on the way to a host', async () => {
    const slow = await host.delay(150);
    const start = performance.now();
    assert.match((await greeting(slow.port)) ?? '', /^SSH-2\.0-/);
    assert.ok(performance.now() - start >= 150);
    await slow.close();
    assert.equal(await greeting(slow.port), undefined);
  });

  it('adds and removes a host while it runs, also from the command line', async () => {
    const added = await lab.addHost({ name: 'kvm4', pool: 'inactive', secret: 'without value' });
    assert.match(await added.virsh('pool-info', 'rbd-pool'), /^State: +inactive$/m);
    await assert.rejects(added.virsh('pool-start', 'rbd-pool'), /does not have a value/);
    assert.equal((await added.exec(['bash', '-c', 'echo > /dev/tcp/kvm1/16509'])).exitCode, 1);
    const status = await cli(lab.folder, 'status');
    assert.match(status.stdout, /HEALTH_OK[^]*kvm1: ssh -F [^]*kvm4: ssh -F /, status.stderr);
    assert.equal((await cli(lab.folder, 'host-down', 'kvm4')).exitCode, 0);
    assert.deepEqual([...((await Lab.open(lab.folder))?.hosts.keys() ?? [])].sort(), [
      'kvm1',
      'kvm2',
      'kvm3',
    ]);
    assert.equal(await greeting(added.sshPort), undefined);
    assert.equal((await ssh('kvm4', 'hostname')).exitCode, 255);
  });

  it('takes a host away again whose start fails', async () => {
    const broken = { name: 'kvm5', libvirtdConf: { no_such_key: 'x', auth_unix_rw: 'nonsense' } };
    await assert.rejects(lab.addHost(broken), /virsh|systemctl/);
    assert.ok(!lab.hosts.has('kvm5'));
    assert.equal(await exists(join(lab.folder, 'kvm5')), false);
    await lab.addHost({ name: 'kvm5', pool: 'absent' });
    await lab.removeHost('kvm5');
  });

  it('defines objects in bulk for measuring', async () => {
    const bare = lab.host('kvm3');
    await defineDomains(bare, 25);
    await definePools(bare, 3);
    assert.equal((await bare.virsh('list', '--all', '--name')).trim().split('\n').length, 25);
    assert.equal((await bare.virsh('vol-list', 'pool-0003')).trim().split('\n').length, 1);
  });

  it('runs beside another lab, and ends when its owner is killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-of-another-'));
    const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    owner.stdin.end(`
      const { startLab } = await import(${JSON.stringify(join(import.meta.dirname, '../../tools/lab/lab.ts'))});
      await startLab({ folder: ${JSON.stringify(folder)}, hosts: [{ name: 'kvm1', pool: 'absent' }] });
      console.log('up');
      setInterval(() => {}, 1000);
    `);
    await Promise.race([once(owner.stdout, 'data'), once(owner, 'exit')]);
    assert.equal(owner.exitCode, null);
    const processes = await processesOf(await Lab.open(folder));
    assert.ok(processes.length > 8, String(processes.length));
    owner.kill('SIGKILL');
    await eventually('all processes end', async () => (await alive(processes)).length === 0);
    assert.equal(await Lab.open(folder), undefined);
    await rm(folder, { recursive: true });
  });

  it('does not take over a folder that holds something else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'not-a-lab-'));
    await writeFile(join(folder, 'precious'), '');
    await assert.rejects(startLab({ folder }), /is not empty and holds no lab/);
    assert.match((await cli(folder, 'down')).stdout, /There is no lab in/);
    assert.deepEqual(await readdir(folder), ['precious']);
    await rm(folder, { recursive: true });
  });

  it('leaves nothing behind', async () => {
    const processes = await processesOf(lab);
    await lab.stop();
    assert.deepEqual(await alive(processes), []);
    assert.deepEqual(
      (await listProcesses()).filter(({ args }) => args.some((arg) => arg.includes(lab.folder))),
      [],
    );
    assert.equal(await exists(lab.folder), false);
    assert.doesNotMatch(await readFile('/proc/self/mounts', 'utf8'), new RegExp(lab.folder));
    assert.equal(await systemState(), stateBefore);
  });
});

/** What a lab could spoil: the folders of libvirt, Ceph and sshd, and the network cards. */
async function systemState(): Promise<string> {
  const folders = ['/etc/libvirt', '/var/lib/libvirt', '/var/cache/libvirt', '/var/log/libvirt', '/etc/ceph'];
  const more = ['/var/lib/ceph', '/var/log/ceph', '/etc/ssh', '/etc/passwd', '/etc/hosts', '/root/.ssh'];
  const { stdout } = await tryCommand(['find', ...folders, ...more, '-printf', '%p %s %T@\n']);
  return `${stdout}${(await readdir('/sys/class/net')).join(' ')}`;
}

type Identity = Awaited<ReturnType<typeof listProcesses>>[number];

async function processesOf(lab: Lab | undefined): Promise<Identity[]> {
  const machines = lab ? [lab.ceph.machine, ...[...lab.hosts.values()].map(({ machine }) => machine)] : [];
  return (await Promise.all(machines.map(async (machine) => machine.processes()))).flat();
}

async function alive(processes: readonly Identity[]): Promise<Identity[]> {
  const now = await Promise.all(processes.map(async ({ pid }) => readProcess(pid)));
  return processes.filter(({ startTime }, index) => now[index]?.startTime === startTime);
}

async function cli(folder: string, ...args: string[]): Promise<CommandResult> {
  const script = join(import.meta.dirname, '../../tools/lab/cli.ts');
  return tryCommand([process.execPath, '--import', 'tsx', script, '--folder', folder, ...args]);
}

/** Types a line into a real `virsh console`, and again until the expected answer came. */
async function talkToConsole(lab: Lab, domain: string, line: string, expected: string): Promise<void> {
  const console = ['virsh', 'console', '--force', domain];
  const shell = spawn('ssh', ['-tt', '-F', lab.ssh.configPath, 'kvm1', ...console]);
  let said = '';
  shell.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await eventually(`the console says ${expected}`, async () => {
    shell.stdin.write(`${line}\r`);
    await delay(500);
    return said.includes(expected);
  }).catch((error: unknown) => {
    throw new Error(`${String(error)} It said:\n${said}`);
  });
  shell.kill();
  await once(shell, 'exit');
}
