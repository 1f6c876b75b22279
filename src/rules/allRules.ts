import { unknownRuleInComment } from './comments/unknownRuleInComment.ts';
import { rbdAsFile } from './rbd/rbdAsFile.ts';
import { rbdDiskWithoutAuth } from './rbd/rbdDiskWithoutAuth.ts';
import { rbdDriverNotRaw } from './rbd/rbdDriverNotRaw.ts';
import { rbdFewerMonitors } from './rbd/rbdFewerMonitors.ts';
import { rbdImageMissing } from './rbd/rbdImageMissing.ts';
import { rbdImageName } from './rbd/rbdImageName.ts';
import { rbdMixedMonitorPorts } from './rbd/rbdMixedMonitorPorts.ts';
import { rbdPoolAsVolume } from './rbd/rbdPoolAsVolume.ts';
import { rbdPoolWithoutAuth } from './rbd/rbdPoolWithoutAuth.ts';
import { rbdThroughKernel } from './rbd/rbdThroughKernel.ts';
import { rbdUnusualMonitorPort } from './rbd/rbdUnusualMonitorPort.ts';
import { rbdWithoutMonitors } from './rbd/rbdWithoutMonitors.ts';
import type { Rule } from './rule.ts';
import { authPlace } from './secrets/authPlace.ts';
import { authWithoutSecret } from './secrets/authWithoutSecret.ts';
import { authWithoutUsername } from './secrets/authWithoutUsername.ts';
import { clientPrefix } from './secrets/clientPrefix.ts';
import { secretAlreadyDefined } from './secrets/secretAlreadyDefined.ts';
import { secretEphemeral } from './secrets/secretEphemeral.ts';
import { secretForOtherUse } from './secrets/secretForOtherUse.ts';
import { secretNotOnHost } from './secrets/secretNotOnHost.ts';
import { secretNotOnOtherHost } from './secrets/secretNotOnOtherHost.ts';
import { secretReference } from './secrets/secretReference.ts';
import { secretType } from './secrets/secretType.ts';
import { secretWithoutUsageName } from './secrets/secretWithoutUsageName.ts';
import { secretWithoutValue } from './secrets/secretWithoutValue.ts';
import { storageInUse } from './storage/storageInUse.ts';

/** A new rule is a file of its own and a line here. */
const rules: readonly Rule[] = [
  rbdDiskWithoutAuth,
  rbdPoolWithoutAuth,
  rbdImageName,
  rbdImageMissing,
  rbdDriverNotRaw,
  rbdAsFile,
  rbdPoolAsVolume,
  rbdThroughKernel,
  rbdWithoutMonitors,
  rbdFewerMonitors,
  rbdMixedMonitorPorts,
  rbdUnusualMonitorPort,
  storageInUse,
  authWithoutSecret,
  authWithoutUsername,
  clientPrefix,
  authPlace,
  secretReference,
  secretType,
  secretNotOnHost,
  secretForOtherUse,
  secretWithoutValue,
  secretNotOnOtherHost,
  secretWithoutUsageName,
  secretEphemeral,
  secretAlreadyDefined,
];

/** Every rule there is. */
export const allRules: readonly Rule[] = [...rules, unknownRuleInComment(rules)];
