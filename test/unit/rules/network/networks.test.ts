import assert from 'node:assert/strict';
import type { KnownNetwork } from '../../../../src/rules/hostKnowledge.ts';
import { define, hasVirsh } from '../../xml/virsh.ts';
import { fixed, found, foundOnce, host } from '../samples.ts';

const network = (inside: string, forward = `<forward mode='nat'/>`): string => `<network>
  <name>lan</name>
  ${forward}
  <bridge name='virbr9'/>
  ${inside}
</network>
`;
const ip = (attributes: string, inside = ''): string => `<ip ${attributes}>${inside}</ip>`;
const range = (start: string, end: string): string => `<dhcp><range start='${start}' end='${end}'/></dhcp>`;
const lan = `address='192.168.5.1' netmask='255.255.255.0'`;

describe('dhcp-range-outside-subnet', () => {
  const id = 'dhcp-range-outside-subnet';

  for (const [what, attributes, start, end, at, refusal] of [
    ['outside', lan, '192.168.6.2', '192.168.5.9', '192.168.6.2', /not entirely within/],
    ['outside at its end', lan, '192.168.5.2', '192.168.6.9', '192.168.6.9', /not entirely within/],
    [
      'outside of a prefix',
      `address='10.1.2.3' prefix='30'`,
      '10.1.2.1',
      '10.1.2.4',
      '10.1.2.4',
      /not entirely within/,
    ],
    [
      'outside of the old class',
      `address='192.168.5.1'`,
      '192.168.5.2',
      '192.168.6.9',
      '192.168.6.9',
      /not entirely within/,
    ],
    [
      'outside in IPv6',
      `family='ipv6' address='2001:db8::1' prefix='64'`,
      '2001:db8::2',
      '2001:db8:0:1::9',
      '2001:db8:0:1::9',
      /not entirely within/,
    ],
    ['reversed', lan, '192.168.5.20', '192.168.5.9', '192.168.5.9', /reversed/],
    ['from the network itself', lan, '192.168.5.0', '192.168.5.9', '192.168.5.0', /is the network address/],
    [
      'up to the broadcasts',
      lan,
      '192.168.5.2',
      '192.168.5.255',
      '192.168.5.255',
      /is the broadcast address/,
    ],
  ] as const) {
    const text = network(ip(attributes, range(start, end)));

    it(`finds a range that is ${what}`, () => {
      assert.equal(foundOnce(id, text).at, at);
    });

    it(`and libvirt refuses it (${what})`, function () {
      if (!hasVirsh) this.skip();
      assert.match(define('network', text, { validate: true }), refusal);
    });
  }

  it('accepts ranges inside, and leaves what is no address to the schema', () => {
    for (const text of [
      network(ip(lan, range('192.168.5.1', '192.168.5.254'))),
      network(ip(`address='10.1.2.3'`, range('10.9.0.1', '10.9.0.2'))),
      network(
        ip(`family='ipv6' address='::ffff:10.0.0.1' prefix='120'`, range('::ffff:a00:2', '::ffff:10.0.0.9')),
      ),
      network(ip(lan, range('192.168.5', '192.168.6.300'))),
      network(ip(`address='x'`, range('192.168.5.2', '192.168.6.3'))),
      network(ip(`address='192.168.5.1' prefix='99'`, range('192.168.7.2', '192.168.7.3'))),
      network(ip(`address='192.168.5.1' netmask='255.0.255.0'`, range('192.168.7.2', '192.168.7.3'))),
      network(ip(lan, `<dhcp><range start='192.168.6.2' end='192.168.6.9'</dhcp>`)),
    ]) {
      assert.deepEqual(found(id, text), [], text);
    }
  });
});

describe('duplicate-dhcp-host', () => {
  const id = 'duplicate-dhcp-host';
  const hosts = (...all: readonly string[]): string =>
    network(ip(lan, `<dhcp>${all.map((attributes) => `<host ${attributes}/>`).join('')}</dhcp>`));

  it('finds an address, a MAC and a name that two hosts have', () => {
    assert.equal(
      foundOnce(
        id,
        hosts(`mac='52:54:00:00:00:aa' ip='192.168.5.2'`, `mac='52:54:00:00:00:AA' ip='192.168.5.3'`),
      ).at,
      '52:54:00:00:00:AA',
    );
    assert.equal(
      foundOnce(
        id,
        hosts(`mac='52:54:00:00:00:01' ip='192.168.5.2'`, `mac='52:54:00:00:00:02' ip='192.168.5.2'`),
      ).at,
      '192.168.5.2',
    );
    assert.equal(
      foundOnce(id, hosts(`name='a' ip='192.168.5.2'`, `name='a' ip='192.168.5.3'`)).message,
      'Another <host> has name="a" already.',
    );
  });

  it('accepts hosts of their own, and the hosts of DNS', () => {
    assert.deepEqual(
      found(id, hosts(`mac='52:54:00:00:00:01' ip='192.168.5.2'`, `mac='52:54:00:00:00:02'`)),
      [],
    );
    assert.deepEqual(found(id, network(`<dns><host ip='192.168.5.2'/><host ip='192.168.5.2'/></dns>`)), []);
  });
});

describe('overlapping-subnets', () => {
  const id = 'overlapping-subnets';

  it('finds the second of two that have addresses in common, in either order', () => {
    const wide = ip(`address='10.0.0.1' prefix='8'`);
    const narrow = ip(`address='10.5.0.1' prefix='24'`);
    assert.equal(foundOnce(id, network(wide + narrow)).at, '10.5.0.1');
    assert.equal(
      foundOnce(id, network(narrow + wide)).message,
      '10.0.0.1/8 has addresses in common with 10.5.0.1/24.',
    );
  });

  it('sees a wide one behind others', () => {
    const subnets = [
      `address='10.0.0.1' prefix='8'`,
      `address='10.1.0.1' prefix='16'`,
      `address='10.200.0.1' prefix='16'`,
    ];
    assert.equal(found(id, network(subnets.map((one) => ip(one)).join(''))).length, 2);
  });

  it('accepts neighbours, and the two families', () => {
    assert.deepEqual(
      found(
        id,
        network(
          ip(lan) + ip(`address='192.168.6.1' prefix='24'`) + ip(`family='ipv6' address='::1' prefix='0'`),
        ),
      ),
      [],
    );
  });
});

describe('bridge-of-other-network', () => {
  const id = 'bridge-of-other-network';
  const other = (change: Partial<KnownNetwork> = {}): KnownNetwork => ({
    name: 'default',
    uuid: 'aaaaaaaa-2222-4333-8444-555555555555',
    isActive: true,
    bridge: 'virbr9',
    portgroups: [],
    ...change,
  });
  const knowledge = host({
    networks: [other(), other({ name: 'b', bridge: 'virbr0' })],
    bridges: ['virbr1'],
  });

  it('finds the bridge of another network, and offers one that is free', () => {
    assert.equal(
      foundOnce(id, network(''), knowledge).message,
      'Network default on kvm1 has the bridge virbr9 already.',
    );
    assert.ok(fixed(id, network(''), knowledge).includes(`<bridge name='virbr2'/>`));
    foundOnce(id, network('', ''), knowledge);
  });

  it('accepts its own bridge, and one that is there for several', () => {
    assert.deepEqual(found(id, network('').replace('lan', 'default'), knowledge), []);
    assert.deepEqual(found(id, network('', `<forward mode='bridge'/>`), knowledge), []);
    assert.deepEqual(found(id, network(''), host({ networks: [] })), []);
    assert.deepEqual(found(id, network(''), host()), []);
  });
});
