import { loadSchema } from '../../../../src/xml/relaxng/loadSchema.ts';
import type { Schema } from '../../../../src/xml/relaxng/schema.ts';

/** A schema whose grammar holds these definitions. */
export function grammar(definitions: string): string {
  return `<grammar xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">${definitions}</grammar>`;
}

/** Loads the first of the files; the others are there to be included. */
export function schemaOf(files: Readonly<Record<string, string>>): Schema {
  const [first = ''] = Object.keys(files);
  return loadSchema((name) => {
    const text = files[name];
    if (text === undefined) throw new Error(`There is no file ${name}.`);
    return text;
  }, first);
}

/** A schema that is one pattern: what a document must be. */
export function schemaFor(pattern: string): Schema {
  return schemaOf({ 'main.rng': grammar(`<start>${pattern}</start>`) });
}

/**
 * A farm: small, but with all that makes libvirt's schemas hard. Children in any order, kinds of a thing told by an
 * attribute, values of several kinds, ordered parts, a part open to other namespaces.
 */
export const farm = grammar(`
  <start><ref name="farm"/></start>
  <define name="farm">
    <element name="farm">
      <attribute name="kind"><choice><value>organic</value><value>classic</value></choice></attribute>
      <interleave>
        <element name="name"><ref name="label"/></element>
        <optional><element name="title"><text/></element></optional>
        <optional>
          <element name="area">
            <optional><attribute name="unit"><ref name="unit"/></attribute></optional>
            <data type="unsignedLong"><param name="pattern">[0-9]+</param></data>
          </element>
        </optional>
        <optional><element name="on_rain"><ref name="action"/></element></optional>
        <optional><element name="on_frost"><ref name="action"/></element></optional>
        <optional><ref name="features"/></optional>
        <optional>
          <element name="weather">
            <element name="sun"><empty/></element>
            <optional><element name="wind"><empty/></element></optional>
            <optional><element name="rain"><empty/></element></optional>
          </element>
        </optional>
        <optional><element name="notes"><zeroOrMore><ref name="anything"/></zeroOrMore></element></optional>
        <element name="stock">
          <zeroOrMore><choice><ref name="animal"/><ref name="machine"/><ref name="fence"/></choice></zeroOrMore>
        </element>
      </interleave>
    </element>
  </define>
  <define name="features">
    <element name="features">
      <interleave>
        <optional><element name="acid"><empty/></element></optional>
        <optional><element name="basic"><empty/></element></optional>
      </interleave>
    </element>
  </define>
  <define name="label"><data type="string"><param name="pattern">[^/\\n]+</param></data></define>
  <define name="unit"><data type="string"><param name="pattern">[kKmM]?[bB]|KiB|MiB|GiB</param></data></define>
  <define name="action"><choice><value>destroy</value><value>restart</value><value>ignore</value></choice></define>
  <define name="PortNumber">
    <data type="int"><param name="minInclusive">-1</param><param name="maxInclusive">65535</param></data>
  </define>
  <define name="animal">
    <element name="animal">
      <optional><attribute name="stall"><data type="unsignedInt"><param name="pattern">[0-9]+</param></data></attribute></optional>
      <choice>
        <group>
          <attribute name="type"><value>bought</value></attribute>
          <interleave>
            <element name="source">
              <attribute name="seller"><text/></attribute>
              <optional><attribute name="price"><data type="decimal"/></attribute></optional>
              <zeroOrMore><ref name="host"/></zeroOrMore>
            </element>
            <ref name="target"/>
          </interleave>
        </group>
        <group>
          <attribute name="type"><value>born</value></attribute>
          <interleave>
            <optional><element name="source"><attribute name="mother"><text/></attribute></element></optional>
            <ref name="target"/>
            <optional><element name="birth"><data type="date"/></element></optional>
          </interleave>
        </group>
      </choice>
    </element>
  </define>
  <define name="host">
    <element name="host">
      <attribute name="address"><text/></attribute>
      <optional><attribute name="port"><ref name="PortNumber"/></attribute></optional>
    </element>
  </define>
  <define name="target">
    <element name="target">
      <attribute name="mark"><data type="string"><param name="pattern">(ox|cow)[a-z]+</param></data></attribute>
      <optional>
        <attribute name="bus"><choice><value>virtio</value><value>sata</value><value>scsi</value></choice></attribute>
      </optional>
    </element>
  </define>
  <define name="machine">
    <element name="machine">
      <attribute name="model"><choice><value>tractor</value><value>mower</value></choice></attribute>
      <optional><attribute name="running"><choice><value>yes</value><value>no</value></choice></attribute></optional>
      <empty/>
    </element>
  </define>
  <define name="fence">
    <element name="fence">
      <choice><attribute name="uuid"><ref name="UUID"/></attribute><attribute name="usage"><text/></attribute></choice>
      <optional><attribute name="posts"><list><oneOrMore><data type="int"/></oneOrMore></list></attribute></optional>
    </element>
  </define>
  <define name="UUID"><data type="string"><param name="pattern">[a-f0-9]{8}</param></data></define>
  <define name="anything">
    <element>
      <anyName/>
      <zeroOrMore>
        <choice><attribute><anyName/></attribute><text/><ref name="anything"/></choice>
      </zeroOrMore>
    </element>
  </define>
`);
