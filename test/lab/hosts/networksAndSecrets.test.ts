import assert from 'node:assert/strict';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { readSecretUsers } from '../../../src/hosts/knowledge/secretUsers.ts';
import type { Inventory } from '../../../src/hosts/inventory/inventory.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { xml } from '../../../tools/lab/xml.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('networks and secrets in the inventory', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;
  let inventory: Inventory;

  const network = (name: string) =>
    [...inventory.networks.entries.values()].find(({ ref }) => ref.name === name);
  const shows = (what: string, isThere: () => boolean): Promise<void> =>
    until(inventory.onDidChange, isThere, what);

  before(async () => {
    const lab = await sharedLab();
    host = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    ({ inventory } = await session.connect());
    await shows('autostart is read', () => network('default')?.autostart === true);
  });

  after(() => {
    session.dispose();
  });

  it('are persistent or not, and follow what others do with them', async () => {
    assert.equal(network('storage')?.autostart, false);
    assert.equal(network('default')?.persistent, true);
    const file = await host.writeXml(
      'passing',
      xml`<network><name>passing</name><uuid>22222222-2222-4333-8444-555555555555</uuid><bridge name='virbr90'/></network>`,
    );
    await host.virsh('net-create', file);
    await shows('a transient network', () => network('passing')?.active === true);
    assert.equal(network('passing')?.persistent, false);
    await host.virsh('net-define', file);
    await shows('it is defined', () => network('passing')?.persistent === true);
    await host.virsh('net-undefine', 'passing');
    await shows('it is not defined any more, and runs', () => network('passing')?.persistent === false);
    assert.equal(network('passing')?.active, true);
    await host.virsh('net-destroy', 'passing');
    await shows('it is gone', () => network('passing') === undefined);
  });

  it('tell what a network is, and again after an update that has no event', async () => {
    const uuid = network('default')?.ref.uuid ?? '';
    const hosts = async () => (await inventory.networks.details(uuid))?.addresses[0]?.hosts ?? [];
    assert.deepEqual(await hosts(), []);
    const entry = `<host mac='52:54:00:00:00:77' ip='192.168.122.77'/>`;
    await host.virsh('net-update', 'default', 'add', 'ip-dhcp-host', entry, '--live');
    inventory.networks.noteUpdate(uuid);
    assert.deepEqual(
      (await hosts()).map(({ ip }) => ip),
      ['192.168.122.77'],
    );
    await host.virsh('net-update', 'default', 'delete', 'ip-dhcp-host', entry, '--live');
  });

  it('know which secrets are private, ephemeral or empty', async () => {
    const uuid = '11111111-2222-4333-8444-555555555555';
    const secret = () => inventory.secrets.entries.get(uuid);
    const definition = xml`<secret private='yes' ephemeral='yes'><uuid>${uuid}</uuid></secret>`;
    await host.virsh('secret-define', await host.writeXml('hidden', definition));
    await shows(
      'it is known to be private',
      () => secret()?.private === true && secret()?.ephemeral === true,
    );
    assert.equal(secret()?.hasValue, false);
    await host.virsh('secret-set-value', uuid, 'eA==');
    await shows('it has a value', () => secret()?.hasValue === true);
    await host.virsh('secret-undefine', uuid);
    await shows('it is gone', () => secret() === undefined);
  });

  it('know what uses a secret: domains by themselves, pools, and domains through a pool', async () => {
    const { knowledge } = session.require();
    const users = await readSecretUsers(knowledge, secretUuid);
    assert.deepEqual(users?.pools, ['rbd-pool']);
    assert.deepEqual(
      users.domains.map(({ name, isActive, throughPool }) => [name, isActive, throughPool]),
      [['web1', true, undefined]],
    );
    assert.equal(inventory.secrets.entries.get(secretUuid)?.hasValue, true);
  });
});
