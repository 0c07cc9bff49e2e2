<?xml version="1.0" encoding="UTF-8"?>
<!--
  The index of names: every entity by kind, with what its index says of it and every mention in
  its sentence, linked to the paragraph. Input: the record of the edition with e:name and
  e:mention. Output: one page; an entity's anchor is its key.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-index:function"
  xmlns:tp="urn:diplomatic:html-index:template"
  exclude-result-prefixes="#all">

  <!-- The page. -->
  <xsl:template match="e:edition[@page = 'names']" mode="m:edition-page" as="element(html)">
    <xsl:variable name="kinds" as="xs:string*" select="('person', 'place', 'org', 'term')[. = current()/e:name/@kind]"/>
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="f:label('page.names')"/>
      <xsl:with-param name="current" select="'names'"/>
      <xsl:with-param name="content" as="node()*">
        <header class="dochead">
          <h1><xsl:value-of select="f:label('page.names')"/></h1>
          <p class="abstract"><xsl:value-of select="f:label('names.lead')"/></p>
        </header>
        <div class="cols">
          <div class="text" id="text">
            <xsl:for-each-group select="e:name" group-by="@kind">
              <xsl:sort select="index-of($kinds, current-grouping-key())"/>
              <xsl:call-template name="tp:kind"/>
            </xsl:for-each-group>
          </div>
          <nav class="rail" aria-label="{f:label('rail.contents')}">
            <h2 class="mini"><xsl:value-of select="f:label('names.contents')"/></h2>
            <ul class="toc">
              <xsl:for-each select="$kinds">
                <li><a href="#{.}"><xsl:value-of select="f:label('names.' || .)"/></a></li>
              </xsl:for-each>
            </ul>
          </nav>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The entities of one kind, by name. -->
  <xsl:template name="tp:kind" as="element(section)">
    <xsl:context-item as="element(e:name)" use="required"/>
    <section class="kind" id="{current-grouping-key()}">
      <h2><xsl:value-of select="f:label('names.' || current-grouping-key())"/></h2>
      <xsl:apply-templates select="current-group()" mode="m:edition-page">
        <xsl:sort select="@sort" lang="{$v:language}"/>
      </xsl:apply-templates>
    </section>
  </xsl:template>

  <!-- An entity: names, what is said of it, mentions by document. -->
  <xsl:template match="e:name" mode="m:edition-page" as="element(section)">
    <section class="entity" id="{@key}">
      <h3><xsl:value-of select="@name"/></h3>
      <xsl:if test="e:variant">
        <p class="said also"><xsl:apply-templates select="e:variant" mode="m:edition-page"/></p>
      </xsl:if>
      <xsl:if test="@note">
        <p class="said"><xsl:value-of select="@note"/></p>
      </xsl:if>
      <xsl:for-each-group select="e:mention" group-by="@document">
        <xsl:variable name="document" as="element(e:document)"
          select="f:document(../.., current-grouping-key())"/>
        <h4><xsl:value-of select="$document/@title"/></h4>
        <ul>
          <xsl:for-each-group select="current-group()" group-by="(@unit, @sentence)[1]">
            <xsl:call-template name="t:mention"/>
          </xsl:for-each-group>
        </ul>
      </xsl:for-each-group>
    </section>
  </xsl:template>

  <!-- Another name, in its language. -->
  <xsl:template match="e:variant" mode="m:edition-page" as="node()*">
    <xsl:if test="preceding-sibling::e:variant">, </xsl:if>
    <span>
      <xsl:if test="@language">
        <xsl:attribute name="lang" select="@language"/>
      </xsl:if>
      <xsl:value-of select="@name"/>
    </span>
  </xsl:template>

  <!-- A paragraph or note with the entity: its number as a link, and the first sentence. -->
  <xsl:template name="t:mention" as="element(li)">
    <xsl:context-item as="element(e:mention)" use="required"/>
    <li>
      <a href="{../../@root}{@document}.html#{(@unit, ../@key)[1]}">
        <xsl:value-of select="if (@unit) then f:unit-label(@unit) else f:label('names.outside')"/>
      </a>
      <span>
        <xsl:sequence select="f:lang(f:document(../.., @document)/@language)"/>
        <xsl:value-of select="substring-before(@sentence, @words)"/>
        <b><xsl:value-of select="@words"/></b>
        <xsl:value-of select="substring-after(@sentence, @words)"/>
      </span>
    </li>
  </xsl:template>

  <!-- The number of a paragraph or note, in words, from its anchor. -->
  <xsl:function name="f:unit-label" as="xs:string">
    <xsl:param name="anchor" as="xs:string"/>
    <xsl:variable name="number" as="xs:string" select="substring($anchor, 2)"/>
    <xsl:sequence select="if (matches($anchor, '^p[0-9]')) then f:label('place.unit', $number)
      else if (matches($anchor, '^n[0-9]')) then f:label('place.note', $number) else $anchor"/>
  </xsl:function>
</xsl:stylesheet>
