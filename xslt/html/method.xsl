<?xml version="1.0" encoding="UTF-8"?>
<!--
  The editorial method: the key of all signs, with live examples, and the guide to the encoding.
  Input: the record of the edition; common/key.xml; common/method.LANGUAGE.xml, a TEI document
  that is set by the same rules as every other.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-method:function"
  xmlns:tp="urn:diplomatic:html-method:template"
  exclude-result-prefixes="#all">

  <!-- The text of the method, in the language of the edition, else in English. -->
  <xsl:function name="fp:method" as="element(tei:TEI)">
    <xsl:variable name="own" as="xs:string" select="'../common/method.' || $v:language || '.xml'"/>
    <xsl:variable name="anchored" as="document-node()">
      <xsl:apply-templates mode="m:anchors"
        select="doc(if (doc-available($own)) then $own else '../common/method.en.xml')"/>
    </xsl:variable>
    <xsl:sequence select="$anchored/tei:TEI"/>
  </xsl:function>

  <!-- The page. -->
  <xsl:template match="e:edition[@page = 'method']" mode="m:edition-page" as="element(html)">
    <xsl:variable name="method" as="element(tei:TEI)" select="fp:method()"/>
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="f:label('method.title')"/>
      <xsl:with-param name="current" select="'method'"/>
      <xsl:with-param name="content" as="node()*">
        <header class="dochead">
          <h1><xsl:value-of select="f:label('method.title')"/></h1>
          <p class="abstract"><xsl:value-of select="f:label('method.lead')"/></p>
        </header>
        <div class="cols">
          <div class="text method" id="text" lang="{$method/@xml:lang}">
            <xsl:apply-templates select="$method/tei:text" mode="m:html"/>
            <xsl:call-template name="tp:signs"/>
          </div>
          <nav class="rail" aria-label="{f:label('rail.contents')}">
            <h2 class="mini"><xsl:value-of select="f:label('rail.contents')"/></h2>
            <ul class="toc">
              <xsl:for-each select="$method/tei:text/tei:body/tei:div">
                <li><a href="#{f:division-anchor(.)}"><xsl:value-of select="tei:head"/></a></li>
              </xsl:for-each>
              <li><a href="#signs"><xsl:value-of select="f:label('method.signs')"/></a></li>
            </ul>
          </nav>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- All signs: in both views, meaning, and TEI. -->
  <xsl:template name="tp:signs" as="element(section)">
    <section id="signs">
      <h2><xsl:value-of select="f:label('method.signs')"/></h2>
      <p><xsl:value-of select="f:label('method.signs-lead')"/></p>
      <div class="table" tabindex="0" role="group" aria-label="{f:label('method.signs')}">
        <table class="signs">
          <thead>
            <tr>
              <th scope="col"><xsl:value-of select="f:label('method.in-reading')"/></th>
              <th scope="col"><xsl:value-of select="f:label('method.in-diplomatic')"/></th>
              <th scope="col"><xsl:value-of select="f:label('method.meaning')"/></th>
              <th scope="col"><xsl:value-of select="f:label('method.tei')"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="$v:key//tei:ab" mode="m:sign-row"/>
          </tbody>
        </table>
      </div>
    </section>
  </xsl:template>

  <!-- A row of the table of signs. -->
  <xsl:mode name="m:sign-row" on-no-match="fail" on-multiple-match="fail"/>

  <!-- A sign. -->
  <xsl:template match="tei:ab" mode="m:sign-row" as="element(tr)">
    <tr id="sign-{translate(@n, '.', '-')}">
      <td class="s"><xsl:call-template name="t:sample"/></td>
      <td class="s as-dip"><xsl:call-template name="t:sample"/></td>
      <td><xsl:value-of select="f:first-label(('key.' || @n, 'key.' || substring-before(@n, '.')))"/></td>
      <td><code><xsl:value-of select="string-join(distinct-values(.//*[not(self::tei:seg)] ! local-name()), ', ')"/></code></td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
