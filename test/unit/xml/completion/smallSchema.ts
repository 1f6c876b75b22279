import { loadSchema } from '../../../../src/xml/relaxng/loadSchema.ts';
import type { Schema } from '../../../../src/xml/relaxng/schema.ts';

/** A schema that is built as libvirt's are, with a little of each. */
const grammar = `
<grammar xmlns='http://relaxng.org/ns/structure/1.0'
         datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>
  <start><ref name='domain'/></start>
  <define name='domain'>
    <element name='domain'>
      <attribute name='type'><choice><value>qemu</value><value>kvm</value></choice></attribute>
      <interleave>
        <element name='name'><data type='string'><param name='pattern'>[^/\\n]+</param></data></element>
        <optional><element name='uuid'><ref name='UUID'/></element></optional>
        <element name='memory'>
          <optional><attribute name='unit'><ref name='unit'/></attribute></optional>
          <data type='unsignedLong'/>
        </element>
        <optional><element name='vcpu'><data type='unsignedInt'><param name='minInclusive'>1</param></data></element></optional>
        <optional><element name='features'><interleave>
          <optional><element name='acpi'><empty/></element></optional>
          <optional><element name='pae'><empty/></element></optional>
        </interleave></element></optional>
        <optional><element name='on_crash'><choice><value>destroy</value><value>restart</value></choice></element></optional>
        <optional><ref name='devices'/></optional>
      </interleave>
    </element>
  </define>
  <define name='devices'>
    <element name='devices'>
      <interleave>
        <zeroOrMore><ref name='disk'/></zeroOrMore>
        <zeroOrMore><element name='input'>
          <attribute name='type'><choice><value>mouse</value><value>tablet</value></choice></attribute>
        </element></zeroOrMore>
        <optional><element name='memballoon'><attribute name='model'><value>virtio</value></attribute></element></optional>
      </interleave>
    </element>
  </define>
  <define name='disk'>
    <element name='disk'>
      <interleave>
        <choice>
          <group>
            <attribute name='type'><value>file</value></attribute>
            <element name='source'><attribute name='file'><data type='string'><param name='pattern'>/.+</param></data></attribute></element>
          </group>
          <group>
            <attribute name='type'><value>network</value></attribute>
            <element name='source'>
              <attribute name='protocol'><choice><value>rbd</value><value>nbd</value></choice></attribute>
              <optional><attribute name='name'/></optional>
            </element>
          </group>
        </choice>
        <element name='target'>
          <attribute name='dev'><data type='string'><param name='pattern'>[hsv]d[a-z]+</param></data></attribute>
          <optional><attribute name='bus'><choice><value>ide</value><value>virtio</value></choice></attribute></optional>
        </element>
        <optional><element name='readonly'><empty/></element></optional>
      </interleave>
    </element>
  </define>
  <define name='unit'><data type='string'><param name='pattern'>bytes|[KMG]iB</param></data></define>
  <define name='UUID'><data type='string'><param name='pattern'>[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}</param></data></define>
</grammar>`;

export function smallSchema(): Schema {
  return loadSchema(() => grammar, 'small.rng');
}
