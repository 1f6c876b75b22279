import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Emitter } from '../../../src/base/events.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { lookupDomainByName } from '../../../src/libvirt/domains.ts';
import { openConsole } from '../../../src/libvirt/domainStreams.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import {
  ConsoleSession,
  type ConsoleDomain,
  type ConsoleState,
} from '../../../src/operations/console/consoleSession.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { subscribe } from '../../../src/libvirt/events.ts';

/** A domain as a connection that hears events sees it. */
class WatchedDomain implements ConsoleDomain {
  readonly #changes = new Emitter<unknown>();
  readonly onDidChange = this.#changes.event;
  readonly connections: LibvirtConnection[] = [];
  readonly #host: LabHost;
  #ref: DomainRef;
  hostIsThere = true;

  constructor(host: LabHost, connection: LibvirtConnection, ref: DomainRef) {
    this.#host = host;
    this.#ref = ref;
    connection.onEvent((event) => {
      if (event.object !== 'domain' || event.domain.uuid !== ref.uuid) return;
      this.#ref = event.domain;
      this.#changes.fire(event);
    });
  }

  running(): DomainRef | undefined {
    return this.hostIsThere && this.#ref.id >= 0 ? this.#ref : undefined;
  }

  get absence(): ConsoleDomain['absence'] {
    return this.hostIsThere ? 'off' : 'host';
  }

  async connect(): Promise<LibvirtConnection> {
    const connection = await connectTo(this.#host);
    this.connections.push(connection);
    return connection;
  }

  /** The host goes away, with all that was connected to it, or comes back. */
  setHost(isThere: boolean): void {
    this.hostIsThere = isThere;
    if (!isThere) for (const connection of this.connections) connection.dispose();
    this.#changes.fire(undefined);
  }
}

/** What a person still sees. */
const keptBytes = 16 * 1024;

/** Somebody in front of a console. */
class Person {
  readonly session: ConsoleSession;
  readonly states: ConsoleState['kind'][] = [];
  bytes = Buffer.alloc(0);

  constructor(domain: ConsoleDomain) {
    this.session = new ConsoleSession({
      domain,
      device: undefined,
      output: (bytes) => {
        this.bytes = Buffer.concat([this.bytes, bytes]).subarray(-keptBytes);
        return Promise.resolve();
      },
    });
    this.session.onDidChangeState(({ kind }) => this.states.push(kind));
  }

  type(text: string): void {
    this.session.write(Buffer.from(text, 'utf8'));
  }

  async sees(what: string): Promise<void> {
    await eventually(
      `the console shows ${what}, not ${JSON.stringify(this.bytes.toString('utf8').slice(-400))}`,
      () => Promise.resolve(this.bytes.includes(what)),
      30_000,
    );
  }

  /** Types a command until the guest is there to take it. */
  async asks(command: string, answer: string): Promise<void> {
    await eventually(`the shell answers ${answer}`, async () => {
      this.type(`${command}\r`);
      await sleep(300);
      return this.bytes.includes(answer);
    });
  }

  async is(kind: ConsoleState['kind']): Promise<void> {
    await eventually(
      `the console is ${kind}, not ${this.session.state.kind}`,
      () => Promise.resolve(this.session.state.kind === kind),
      30_000,
    );
  }
}

describe('a console of a real guest', function () {
  this.timeout(120_000);
  let host: LabHost;
  let connection: LibvirtConnection;
  let web1: WatchedDomain;
  let cache1: WatchedDomain;
  const people: Person[] = [];

  function person(domain: ConsoleDomain): Person {
    const one = new Person(domain);
    people.push(one);
    return one;
  }

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    connection = await connectTo(host);
    await subscribe(connection, [{ object: 'domain', kind: 'lifecycle' }]);
  });

  beforeEach(async () => {
    web1 = new WatchedDomain(host, connection, await lookupDomainByName(connection, 'web1'));
    cache1 = new WatchedDomain(host, connection, await lookupDomainByName(connection, 'cache1'));
  });

  afterEach(async () => {
    for (const { session } of people.splice(0)) session.dispose();
    await host.virsh('destroy', 'cache1').catch(() => undefined);
  });

  after(() => {
    connection.dispose();
  });

  it('talks to the shell', async () => {
    const ann = person(web1);
    await ann.session.open();
    assert.equal(ann.session.state.kind, 'open');
    await ann.asks('echo answer=$((6*7))', 'answer=42');
  });

  it('brings every byte as it is, also what is no text', async () => {
    const ann = person(web1);
    await ann.session.open();
    await ann.asks('stty -opost; echo ready=$((1+1))', 'ready=2');
    ann.type("printf 'begin<\\000\\001\\377\\200\\342\\202\\254\\033[1m>end'\r");
    await eventually('the bytes', () =>
      Promise.resolve(/begin<[^\\]*>end/s.test(ann.bytes.toString('latin1'))),
    );
    const [, found] = /begin<([^\\]*?)>end/s.exec(ann.bytes.toString('latin1')) ?? [];
    assert.equal(Buffer.from(found ?? '', 'latin1').toString('hex'), '0001ff80e282ac1b5b316d');
    ann.type('stty opost\r');
  });

  it('takes in a long paste whole', async () => {
    const ann = person(web1);
    await ann.session.open();
    await ann.asks('stty -echo; echo quiet=$((2+2))', 'quiet=4');
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index} ${'x'.repeat(60)} € ü`);
    ann.type(`cat > /tmp/paste <<'EOF'\r${lines.join('\r')}\rEOF\r`);
    ann.type('echo lines=$(wc -l < /tmp/paste) sum=$(md5sum < /tmp/paste)\r');
    const { createHash } = await import('node:crypto');
    const sum = createHash('md5')
      .update(`${lines.join('\n')}\n`)
      .digest('hex');
    await ann.sees(`lines=400 sum=${sum}`);
    ann.type('stty echo\r');
  });

  it('stays open over a reboot that the guest asks for', async () => {
    const ann = person(web1);
    await ann.session.open();
    await ann.asks('echo up=$((3+3))', 'up=6');
    ann.bytes = Buffer.alloc(0);
    await host.virsh('reset', 'web1');
    await ann.sees('web1 is ready');
    await ann.asks('echo again=$((3*3))', 'again=9');
  });

  it('comes back when the domain is started again', async () => {
    await host.virsh('start', 'cache1');
    await eventually('cache1 runs', () => Promise.resolve(cache1.running() !== undefined));
    const ann = person(cache1);
    await ann.session.open();
    assert.equal(ann.session.state.kind, 'open');
    await host.virsh('destroy', 'cache1');
    await ann.is('waiting');
    await host.virsh('start', 'cache1');
    await ann.is('open');
    assert.deepEqual(ann.states, ['opening', 'open', 'waiting', 'opening', 'open']);
  });

  it('of a domain that does not run waits for its start', async () => {
    const ann = person(cache1);
    await ann.session.open();
    assert.deepEqual(ann.session.state, { kind: 'waiting', for: 'off' });
    await host.virsh('start', 'cache1');
    await ann.is('open');
  });

  it('that somebody has is taken over only when that is asked for; both are told', async () => {
    const ann = person(web1);
    const bob = person(web1);
    await ann.session.open();
    await bob.session.open();
    assert.equal(bob.session.state.kind, 'in-use');
    assert.equal(ann.session.state.kind, 'open');
    await bob.session.open(true);
    assert.equal(bob.session.state.kind, 'open');
    await ann.is('taken-over');
    await bob.asks('echo mine=$((5*5))', 'mine=25');
  });

  it('of one domain does not wait for that of another which is not read', async () => {
    await host.virsh('start', 'cache1');
    await eventually('cache1 runs', () => Promise.resolve(cache1.running() !== undefined));
    const slow = new ConsoleSession({
      domain: web1,
      device: undefined,
      output: () => new Promise(() => undefined),
    });
    await slow.open();
    slow.write(Buffer.from('yes\r'));
    const ann = person(cache1);
    await ann.session.open();
    assert.equal(ann.session.state.kind, 'open');
    assert.match((await lookupDomainByName(connection, 'web1')).name, /web1/);
    slow.dispose();
    const bob = person(web1);
    await eventually('the console is free', async () => {
      await bob.session.open();
      return bob.session.state.kind === 'open';
    });
    // The shell may not have begun to write when it is interrupted first.
    await bob.asks('\x03echo calm=$((7*7))', 'calm=49');
  });

  it('comes back when the connection to the host does', async () => {
    const ann = person(web1);
    await ann.session.open();
    web1.setHost(false);
    await ann.is('waiting');
    assert.deepEqual(ann.session.state, { kind: 'waiting', for: 'host' });
    web1.setHost(true);
    await ann.is('open');
    await ann.asks('echo back=$((8*8))', 'back=64');
  });

  it('that is closed leaves nothing open', async () => {
    const ann = person(web1);
    await ann.session.open();
    ann.session.dispose();
    assert.ok(web1.connections.every(({ closed }) => closed));
    const stream = await eventually('the console is free', () =>
      openConsole(connection, web1.running()!).catch(() => undefined),
    );
    stream.destroy();
  });
});
