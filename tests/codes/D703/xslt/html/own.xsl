<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">
  <xsl:template match="tei:p" mode="m:html" as="element(p)" priority="5">
    <p><xsl:message>a paragraph</xsl:message><xsl:apply-templates mode="m:html"/></p>
  </xsl:template>
</xsl:stylesheet>
