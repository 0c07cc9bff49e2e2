<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:d="urn:diplomatic:print"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">
  <xsl:template match="/tei:TEI" as="element(d:record)">
    <d:record id="letter"><d:source>paragraf("The harbour is closed.")</d:source></d:record>
  </xsl:template>
  <xsl:template match="/d:volume" as="element(d:frame)">
    <d:frame><d:setup>title: "Letters", date: datetime(year: 2026, month: 11, day: 21)</d:setup></d:frame>
  </xsl:template>
</xsl:stylesheet>
