import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { lookAtMonitors, type MonitorState } from '../../../../src/doctor/failures/reach/monitorStates.ts';
import { whyItIsSilent } from '../../../../src/doctor/failures/reach/silenceInWords.ts';
import { LocalTransport } from '../../../../src/transport/local/localTransport.ts';

describe('the monitors, as seen from a host', () => {
  const servers: Server[] = [];
  const transport = new LocalTransport();

  /** Something on a free port of this machine. */
  const serve = async (greet: (socket: Socket) => void): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      greet(socket);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const at = async (port: number): Promise<MonitorState | undefined> =>
    (await lookAtMonitors(transport, [{ name: '127.0.0.1', port }])).find((one) => one.port === port);

  after(() => {
    transport.dispose();
    for (const server of servers) server.close();
  });

  it('answer with the words of either protocol', async () => {
    const second = await serve((socket) => socket.write('ceph v2\n\x10\0'));
    const first = await serve((socket) => socket.write('ceph v027'));
    assert.deepEqual([(await at(second))?.kind, (await at(first))?.kind], ['answers', 'answers']);
  });

  it('hang where the connection is taken and nothing is said', async () => {
    const port = await serve(() => undefined);
    assert.equal((await at(port))?.kind, 'mute');
  });

  it('are not what something else is that listens there', async () => {
    const port = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    const state = await at(port);
    assert.deepEqual([state?.kind, state?.said], ['other', 'SSH-2.0-OpenSSH_9.2\r\n']);
  });

  it('do not run where nothing listens; the usual ports are looked at as well', async () => {
    const port = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const states = await lookAtMonitors(transport, [{ name: '127.0.0.1', port }]);
    assert.deepEqual(
      states.map((one) => one.port),
      [port, 3300, 6789],
    );
    assert.equal(states[0]?.kind, 'refused');
  });

  it('say where to look: the best that is seen of any of them counts', () => {
    const state = (kind: MonitorState['kind']): MonitorState => ({ address: '10.0.0.1', port: 3300, kind });
    const why = (...kinds: MonitorState['kind'][]): string => whyItIsSilent('silent', kinds.map(state));
    assert.match(why('unreachable', 'mute', 'answers'), /majority/);
    assert.match(why('unreachable', 'mute', 'refused'), /takes connections and says nothing/);
    assert.match(why('unreachable', 'refused'), /no monitor listens/);
    assert.match(why('unreachable'), /firewall/);
    assert.match(why('not-tried'), /cannot be seen/);
  });
});
