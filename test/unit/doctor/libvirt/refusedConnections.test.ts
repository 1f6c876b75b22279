import assert from 'node:assert/strict';
import { daemonNotRunningFailure } from '../../../../src/doctor/failures/libvirt/daemonNotRunning/daemonNotRunning.ts';
import { noPolkitAgentFailure } from '../../../../src/doctor/failures/libvirt/noPolkitAgent.ts';
import { socketNotPermittedFailure } from '../../../../src/doctor/failures/libvirt/socketNotPermitted.ts';
import { textOnTunnelFailure, wordOfLength } from '../../../../src/doctor/failures/libvirt/textOnTunnel.ts';
import type { Failure } from '../../../../src/doctor/failure.ts';
import { foreignBytes } from '../../../../src/libvirt/wire/foreignBytes.ts';
import { noLibvirt, noPermission } from '../../../../src/hosts/libvirtRefusals.ts';
import { parseHostAddress } from '../../../../src/hosts/hostAddress.ts';
import { parseProbe } from '../../../../src/hosts/hostProbe.ts';
import type { Transport } from '../../../../src/transport/transport.ts';
import { explainedWithoutHost } from '../absentPatient.ts';
import { texts } from './texts.ts';

const words = async (failure: Failure, error: Error | string): Promise<string> => {
  const [finding] = await explainedWithoutHost(failure, typeof error === 'string' ? new Error(error) : error);
  assert.ok(finding);
  return [finding.title, ...finding.explanation].join('\n');
};
const transport = { label: 'kvm1' } as Transport;

describe('a connection that libvirt refuses', () => {
  it('is explained by the socket, with the command for the user of the address', async () => {
    const said = await words(socketNotPermittedFailure, texts.socket);
    assert.match(said, /may not open \/var\/run\/libvirt\/libvirt-sock/);
    assert.match(said, /sudo usermod -aG libvirt ann/);
  });

  it('is recognised in our own words too, whatever their language', async () => {
    const probe = parseProbe('user ann\ngroups ann\nsocket no root:libvirt /run/libvirt/libvirt-sock\n');
    const [socket] = probe.sockets;
    assert.ok(socket);
    assert.match(await words(socketNotPermittedFailure, noPermission(transport, probe, socket)), /usermod/);
    const address = parseHostAddress('qemu+ssh://kvm1/system');
    assert.match(
      await words(daemonNotRunningFailure, noLibvirt(transport, address, parseProbe('daemon libvirtd\n'))),
      /Nobody listens for libvirtd on kvm1/,
    );
  });

  it('is explained by the action that polkit was asked for, with a rule', async () => {
    const [finding] = await explainedWithoutHost(noPolkitAgentFailure, new Error(texts.polkit));
    const [remedy] = finding?.remedies ?? [];
    assert.ok(remedy?.kind === 'text');
    assert.match(await remedy.read({}), /action\.id == "org\.libvirt\.unix\.manage"/);
  });

  it('names the daemon behind the socket', async () => {
    assert.match(await words(daemonNotRunningFailure, texts.noSocket), /virtstoraged.*No pools/s);
    assert.match(await words(daemonNotRunningFailure, texts.refused), /libvirtd/);
    assert.match(await words(daemonNotRunningFailure, texts.noDriver), /virtstoraged/);
    assert.match(await words(daemonNotRunningFailure, texts.masked), /libvirtd/);
  });
});

describe('a text where libvirt should answer', () => {
  it('is read out of the length that libvirt complains about', () => {
    assert.deepEqual([1397966889, 1416128879, 1212501068, 1195725852, 12].map(wordOfLength), [
      'SSH-',
      'This',
      'HELP',
      'GET ',
      undefined,
    ]);
  });

  it('says who speaks', async () => {
    assert.match(await words(textOnTunnelFailure, texts.packet), /“SSH-” came.*SSH server greets/s);
    const nologin = 'packet 1416128879 bytes received from server too large, want 33554432';
    assert.match(await words(textOnTunnelFailure, nologin), /nologin/);
    assert.match(
      await words(textOnTunnelFailure, foreignBytes(Buffer.from('Welcome to web1\n'))),
      /login script/,
    );
    assert.match(await words(textOnTunnelFailure, texts.foreignZh), /“Welcome to web1” came/);
  });
});
