import assert from 'node:assert/strict';
import type { KnownRbdPool } from '../../../../src/rules/hostKnowledge.ts';
import {
  domain,
  fixed,
  found,
  foundOnce,
  host,
  monitors,
  poolXml,
  rbdDisk,
  rbdPool,
  titles,
} from '../samples.ts';

const bothPorts = `<host name='mon1' port='6789'/>
<host name='mon1' port='3300'/>
<host name='mon2' port='6789'/>
<host name='mon2' port='3300'/>`;

describe('rbd-without-monitors', () => {
  const id = 'rbd-without-monitors';
  const text = domain(rbdDisk({ inSource: '' }));

  it('finds a disk without <host>, and adds the monitors of the pool', () => {
    const { at, severity, message } = foundOnce(id, text);
    assert.deepEqual([at, severity], ['source', 'information']);
    assert.match(message, /^RBD image vms\/a has no monitors/);
    assert.equal(fixed(id, text, host(), 'Add the monitors of pool rbd-pool'), domain(rbdDisk()));
  });

  it('offers each pool that reaches the image another way', () => {
    const second: KnownRbdPool = { ...rbdPool, name: 'second', hosts: [{ name: 'elsewhere' }] };
    const { fixes } = foundOnce(id, text, host({ rbdPools: [rbdPool, second] }));
    assert.deepEqual(titles(fixes), ['Add the monitors of pool rbd-pool', 'Add the monitors of pool second']);
  });

  it('leaves alone what names monitors or a configuration', () => {
    for (const inSource of [monitors, `<config file='/etc/ceph/lab.conf'/>`, `<host name='$NAME'/>`]) {
      assert.deepEqual(found(id, domain(rbdDisk({ inSource })), host()), []);
    }
  });
});

describe('rbd-fewer-monitors', () => {
  const id = 'rbd-fewer-monitors';
  const one = `<host name='mon1' port='6789'/>`;

  it('finds a disk that names some of the monitors of its pool, and adds the others', () => {
    const text = domain(rbdDisk({ inSource: one }));
    const { at, severity, message, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['source', 'information']);
    assert.match(message, /^Only 1 of the 2 monitors of pool rbd-pool/);
    assert.deepEqual(titles(fixes), ['Add the other monitors of pool rbd-pool *']);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('finds a pool that names fewer than another one of the same cluster', () => {
    assert.equal(fixed(id, poolXml({ hosts: one }), host()), poolXml());
  });

  it('leaves alone what names them all, by another port too, and what may be another cluster', () => {
    for (const inSource of [monitors, monitors.replaceAll('6789', '3300'), `<host name='elsewhere'/>`]) {
      assert.deepEqual(found(id, domain(rbdDisk({ inSource })), host()), []);
    }
    assert.deepEqual(found(id, domain(rbdDisk({ inSource: one }))), []);
  });
});

describe('rbd-mixed-monitor-ports', () => {
  const id = 'rbd-mixed-monitor-ports';
  const mixed = `<host name='mon1' port='6789'/>\n<host name='mon2' port='3300'/>`;

  it('finds both ports in one source, and takes those of the pool', () => {
    const text = domain(rbdDisk({ inSource: mixed }));
    const { at, severity, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['host', 'information']);
    assert.deepEqual(titles(fixes), ['Use port 6789, as the pool does *']);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('offers both ports when no pool knows', () => {
    const text = poolXml({ hosts: mixed });
    assert.equal(fixed(id, text, undefined, 'Use port 6789 for all monitors'), poolXml());
    assert.equal(
      fixed(id, text, undefined, 'Use port 3300 for all monitors'),
      poolXml({ hosts: monitors.replaceAll('6789', '3300') }),
    );
  });

  it('names no monitor twice afterwards', () => {
    const text = domain(rbdDisk({ inSource: bothPorts.replace(/\n[^\n]*$/, '') }));
    assert.equal(fixed(id, text, undefined, 'Use port 6789 for all monitors'), domain(rbdDisk()));
  });

  it('leaves alone one port for all, none, and both for each', () => {
    for (const inSource of [monitors, bothPorts, `<host name='a' port='3300'/><host name='b'/>`]) {
      assert.deepEqual(found(id, domain(rbdDisk({ inSource })), host()), []);
    }
  });
});

describe('rbd-unusual-monitor-port', () => {
  const id = 'rbd-unusual-monitor-port';
  const wrong = monitors.replace(`mon2' port='6789`, `mon2' port='6800`);

  it('finds a port that is no monitor’s, and takes that of the pool', () => {
    const text = domain(rbdDisk({ inSource: wrong }));
    const { at, severity, message, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['6800', 'information']);
    assert.match(message, /^Port 6800 .*: mon2 may not answer/);
    assert.deepEqual(titles(fixes), ['Use port 6789, as the pool does *']);
    assert.equal(fixed(id, text, host()), domain(rbdDisk()));
  });

  it('offers the usual ports when no pool knows the monitor', () => {
    const { fixes } = foundOnce(id, poolXml({ hosts: wrong }));
    assert.deepEqual(titles(fixes), ['Use port 6789', 'Use port 3300']);
    assert.equal(fixed(id, poolXml({ hosts: wrong })), poolXml());
  });

  it('believes a pool of the host that has the same port', () => {
    const odd: KnownRbdPool = { ...rbdPool, hosts: [{ name: 'mon2', port: 6800 }] };
    assert.deepEqual(found(id, domain(rbdDisk({ inSource: wrong })), host({ rbdPools: [odd] })), []);
  });

  it('leaves alone what has no port, or one that is none', () => {
    for (const inSource of [`<host name='a'/>`, `<host name='a' port='PORT'/>`]) {
      assert.deepEqual(found(id, domain(rbdDisk({ inSource }))), []);
    }
  });
});
