import assert from 'node:assert/strict';
import type { RbdSetting } from '../../../../../src/ceph/rbdConfig.ts';
import {
  parseQosValue,
  qosLabel,
  qosSettings,
  qosValue,
  qosWarning,
} from '../../../../../src/operations/images/features/qos.ts';

const setting = (name: string, value: string, source: RbdSetting['source'] = 'config'): RbdSetting => ({
  name,
  value,
  source,
});

describe('limits of an image', () => {
  const listed = qosSettings([
    setting('rbd_cache', 'true'),
    setting('rbd_qos_bps_burst', '20971520'),
    setting('rbd_qos_bps_limit', '10M', 'image'),
    setting('rbd_qos_iops_limit', '0'),
    setting('rbd_qos_read_iops_limit', '500', 'pool'),
    setting('rbd_qos_iops_burst_seconds', '1'),
    setting('rbd_qos_schedule_tick_min', '50'),
  ]);

  it('are found among its settings, limits first', () => {
    assert.deepEqual(
      listed.map((one) => [qosLabel(one.name), qosValue(one)]),
      [
        ['All: operations per second', 'no limit'],
        ['Reading: operations per second', '500'],
        ['All: bytes per second', '10 MiB'],
        ['All: bytes per second in a burst', '20 MiB'],
        ['All: how long a burst of operations per second may last', '1 s'],
        ['How often limits are looked at', '50 ms'],
      ],
    );
  });

  it('are written as sizes, counts and seconds', () => {
    assert.equal(parseQosValue('10M', 'bytes'), '10485760');
    assert.equal(parseQosValue('1048576', 'bytes'), '1048576');
    assert.equal(parseQosValue(' 500 ', 'operations'), '500');
    assert.equal(parseQosValue('0', 'operations'), '0');
    assert.equal(parseQosValue('0', 'seconds'), undefined);
    for (const text of ['10M', '', '-1', '1.5', 'many'])
      assert.equal(parseQosValue(text, 'operations'), undefined);
  });

  it('are exceeded by bursts that are larger than they', () => {
    const burst = listed.find(({ name }) => name === 'rbd_qos_bps_burst');
    assert.ok(burst);
    assert.match(qosWarning(listed, burst, '5242880') ?? '', /more than the limit/);
    assert.equal(qosWarning(listed, burst, '20971520'), undefined);
    const none = { ...burst, name: 'rbd_qos_iops_burst', unit: 'operations' } as const;
    assert.match(qosWarning(listed, none, '100') ?? '', /nothing without a limit/);
  });
});
