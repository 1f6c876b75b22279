import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, type Log } from '../../../../src/base/log.ts';
import { SchemaLibrary, type SchemaHost } from '../../../../src/hosts/schemas/schemaLibrary.ts';
import { LocalTransport } from '../../../../src/transport/local/localTransport.ts';
import { smallSchemas } from '../../xml/schemas/smallSchemas.ts';

describe('the library of schemas', () => {
  const path = process.env['PATH'];
  const transport = new LocalTransport();
  let folder = '';
  let kept = '';
  let ofHost = '';
  let warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (line) => warnings.push(line) };
  const host: SchemaHost = { name: 'kvm1', libvirtVersion: '9.0.0', transport };
  const library = (): SchemaLibrary => new SchemaLibrary({ kept, packaged: join(folder, 'packaged') }, log);
  const known = async (of: SchemaLibrary): Promise<readonly string[]> =>
    (await of.all()).map(({ version, origin }) => `${version} ${origin.kind}`);

  beforeEach(async () => {
    warnings = [];
    folder = await mkdtemp(join(tmpdir(), 'library-'));
    kept = join(folder, 'kept');
    ofHost = join(folder, 'libvirt/share/libvirt/schemas');
    await mkdir(ofHost, { recursive: true });
    await mkdir(join(folder, 'libvirt/bin'));
    await writeFile(join(folder, 'libvirt/bin/libvirtd'), '');
    await chmod(join(folder, 'libvirt/bin/libvirtd'), 0o755);
    process.env['PATH'] = `${join(folder, 'libvirt/bin')}:${path}`;
    await mkdir(join(folder, 'packaged'));
    await writeFile(join(folder, 'packaged/schemas.json'), '{"version": "11.3.0"}');
    for (const [name, text] of smallSchemas) {
      await writeFile(join(ofHost, name), text);
      await writeFile(join(folder, 'packaged', name), text);
    }
  });

  afterEach(async () => {
    process.env['PATH'] = path;
    await rm(folder, { recursive: true, force: true });
  });

  after(() => {
    transport.dispose();
  });

  it('has those that came with the program, and learns those of hosts', async () => {
    const schemas = library();
    let changes = 0;
    schemas.onDidChange(() => (changes += 1));
    assert.deepEqual(await known(schemas), ['11.3.0 packaged']);
    await schemas.learn(host);
    assert.deepEqual(await known(schemas), ['11.3.0 packaged', '9.0.0 host']);
    const set = await schemas.closest('9.0.0');
    assert.deepEqual(set?.origin, { kind: 'host', hostName: 'kvm1' });
    assert.equal(set.read('secret.rng'), smallSchemas.get('secret.rng'));
    assert.equal((await schemas.closest(undefined))?.version, '11.3.0');
    assert.equal(changes, 1);
  });

  it('reads nothing from a host whose version it has learned, in another window neither', async () => {
    await library().learn(host);
    await rm(ofHost, { recursive: true });
    const later = library();
    await later.learn({ ...host, name: 'kvm2' });
    assert.deepEqual(await known(later), ['11.3.0 packaged', '9.0.0 host']);
    assert.deepEqual((await later.closest('9.0.0'))?.origin, { kind: 'host', hostName: 'kvm1' });
  });

  it('does not use what is not complete, and says why', async () => {
    await rm(join(ofHost, 'domaincommon.rng'));
    const schemas = library();
    await schemas.learn(host);
    assert.deepEqual(await known(schemas), ['11.3.0 packaged']);
    assert.deepEqual(warnings, [
      'kvm1: its schemas are not used: domain.rng includes domaincommon.rng, which is missing.',
    ]);
    assert.deepEqual(await readdir(kept).catch(() => []), []);
  });

  it('removes what was damaged on disk, and learns it again', async () => {
    await library().learn(host);
    const [name = ''] = await readdir(kept);
    const file = join(kept, name);
    const good = await readFile(file, 'utf8');
    const damaged = [
      good.slice(0, good.length / 2),
      good.replace(/"secret.rng":"..../, '"secret.rng":"AAAA'),
      '[]',
      '{"format": 2}',
      '',
    ];
    for (const text of damaged) {
      await writeFile(file, text);
      warnings = [];
      const schemas = library();
      assert.deepEqual(await known(schemas), ['11.3.0 packaged'], text.slice(0, 40));
      assert.equal(warnings.length, 1);
      await schemas.learn(host);
      assert.equal(await readFile(file, 'utf8'), good);
    }
  });

  it('asks over one connection once, however often it is told to', async () => {
    await rm(join(ofHost, 'domaincommon.rng'));
    const schemas = library();
    for (let times = 0; times < 3; times += 1) await schemas.learn(host);
    assert.equal(warnings.length, 1);
    const again = new LocalTransport();
    await schemas.learn({ ...host, transport: again });
    again.dispose();
    assert.equal(warnings.length, 2);
  });

  it('uses what it has learned when it cannot be kept, and says so', async () => {
    await writeFile(kept, 'a file is in the way');
    const schemas = library();
    await schemas.learn(host);
    assert.deepEqual(await known(schemas), ['11.3.0 packaged', '9.0.0 host']);
    assert.match(warnings.join(), /^kvm1: its schemas cannot be read or kept: /);
  });

  it('works without those that come with the program', async () => {
    await rm(join(folder, 'packaged'), { recursive: true });
    const schemas = library();
    assert.equal(await schemas.closest('9.0.0'), undefined);
    await schemas.learn(host);
    assert.deepEqual(await known(schemas), ['9.0.0 host']);
  });

  it('reads a version once when two hosts that have it connect at the same time', async () => {
    const schemas = library();
    let changes = 0;
    schemas.onDidChange(() => (changes += 1));
    await Promise.all([schemas.learn(host), schemas.learn({ ...host, name: 'kvm2' })]);
    assert.equal(changes, 1);
  });
});
