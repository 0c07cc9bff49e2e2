<?xml version="1.0" encoding="UTF-8"?>
<!--
  Names, dates, terms, references, foreign words; and the list of what a document names. Input:
  prepared TEI with @ref into the indices. Output: phrases that link to the list; a name that
  holds marks of its own is no link, since links cannot nest.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-names:function"
  xmlns:v="urn:diplomatic:variable"
  xmlns:kp="urn:diplomatic:html-names:key"
  xmlns:tp="urn:diplomatic:html-names:template"
  exclude-result-prefixes="#all">

  <!-- The key of the entity that a name refers to: the id after the sharp sign. -->
  <xsl:function name="fp:entity" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="f:tokens($name/@ref)[matches(., '^[^#]*#\w[\w.\-]*$')][1] ! substring-after(., '#')"/>
  </xsl:function>

  <!-- Names: a link to their entry, where there can be one. -->
  <xsl:template mode="m:html" as="element()" match="tei:persName | tei:placeName | tei:orgName
    | tei:name | tei:rs | tei:geogName | tei:settlement | tei:country | tei:region">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:param name="in-link" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:variable name="linked" as="xs:boolean"
      select="$live and not($in-link) and exists(fp:entity(.)) and not(.//*[@p:mark or @p:note or @ref])"/>
    <xsl:element name="{if ($linked) then 'a' else 'span'}">
      <xsl:attribute name="class" select="'name', local-name()" separator=" "/>
      <xsl:call-template name="t:common"/>
      <xsl:if test="$linked">
        <xsl:attribute name="href" select="'#' || fp:entity(.)"/>
      </xsl:if>
      <xsl:apply-templates mode="m:html">
        <xsl:with-param name="in-link" select="$linked or $in-link" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- A date that a machine can read. -->
  <xsl:template match="tei:date[@when] | tei:time[@when]" mode="m:html" as="element(time)">
    <time datetime="{@when}">
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates mode="m:html"/>
    </time>
  </xsl:template>

  <!-- Words in another language. -->
  <xsl:template match="tei:foreign" mode="m:html" as="element()">
    <xsl:element name="{if (matches(., '^\p{IsBasicLatin}+$')) then 'i' else 'span'}">
      <xsl:attribute name="class" select="'foreign'"/>
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <!-- Phrases whose class says what they are. -->
  <xsl:template mode="m:html" as="element()" match="tei:term | tei:gloss | tei:title | tei:date | tei:time | tei:num
    | tei:measure | tei:idno | tei:roleName | tei:forename | tei:surname | tei:addName | tei:genName
    | tei:nameLink | tei:email | tei:author | tei:editor | tei:publisher | tei:pubPlace
    | tei:biblScope | tei:citedRange | tei:edition | tei:series | tei:addrLine | tei:street | tei:postCode
    | tei:textLang | tei:affiliation | tei:residence | tei:occupation | tei:offset | tei:geo | tei:rs
    | tei:w | tei:pc | tei:s | tei:cl | tei:phr | tei:formula | tei:desc | tei:ident | tei:code | tei:c
    | tei:ptr[not(@p:note)]">
    <xsl:call-template name="t:block">
      <xsl:with-param name="tag" select="'span'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A reference: to a place in this document, in another, or elsewhere. -->
  <xsl:template match="tei:ref[@target]" mode="m:html" as="element()">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:param name="in-link" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:variable name="address" as="xs:string?" select="f:href(.)"/>
    <xsl:variable name="linked" as="xs:boolean" select="exists($address) and $live and not($in-link)
      and not(.//*[@p:mark or @p:note or self::tei:ref])"/>
    <xsl:if test="$live and empty($address)">
      <xsl:call-template name="t:report">
        <xsl:with-param name="code" select="'D713'"/>
        <xsl:with-param name="words" select="'a reference to nothing: ' || @target"/>
        <xsl:with-param name="node" select="."/>
      </xsl:call-template>
    </xsl:if>
    <xsl:element name="{if ($linked) then 'a' else 'span'}">
      <xsl:attribute name="class" separator=" " select="f:classes(., 'ref')"/>
      <xsl:call-template name="t:common"/>
      <xsl:if test="$linked">
        <xsl:attribute name="href" select="$address"/>
      </xsl:if>
      <xsl:apply-templates mode="m:html">
        <xsl:with-param name="in-link" select="$linked or $in-link" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- A reference to nothing that can be followed. -->
  <xsl:template match="tei:ref[not(@target)]" mode="m:html" as="element()">
    <xsl:call-template name="t:block">
      <xsl:with-param name="tag" select="'span'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What can be pointed to, by stored id. -->
  <xsl:key name="kp:by-id" match="tei:text//*[@xml:id]" use="@xml:id"/>

  <!-- Where a reference leads: the first target, as an address of this website; nothing if it
       points into this document to what is not there. -->
  <xsl:function name="f:href" as="xs:string?">
    <xsl:param name="reference" as="element()"/>
    <xsl:variable name="target" as="xs:string" select="f:tokens($reference/@target)[1]"/>
    <xsl:variable name="file" as="xs:string" select="substring-before($target || '#', '#')"/>
    <xsl:variable name="id" as="xs:string" select="substring-after($target, '#')"/>
    <xsl:variable name="document" as="xs:string" select="replace($file, '^(.*/)?(.+)\.xml$', '$2')"/>
    <xsl:choose>
      <xsl:when test="matches($target, '^[a-z][a-z0-9+.-]*:', 'i')">
        <!-- Only schemes that lead to a page or a letter: an address must not run as a script. -->
        <xsl:sequence select="iri-to-uri(f:resolve-prefix($reference, $target))
          [matches(., '^(https?|mailto|ftp|urn|doi):', 'i')]"/>
      </xsl:when>
      <xsl:when test="$file = ''">
        <xsl:sequence select="fp:known-anchor($reference, $id) ! ('#' || .)"/>
      </xsl:when>
      <xsl:when test="ends-with($file, '.xml')">
        <xsl:sequence select="$document || '.html'
          || (if ($id) then '#' || f:anchor($id, $document) else '')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="iri-to-uri($target)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The anchor of an id of this document's text, if it is there. -->
  <xsl:function name="fp:known-anchor" as="xs:string?">
    <xsl:param name="reference" as="element()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="key('kp:by-id', $id, root($reference))[1]/string(@p:anchor)"/>
  </xsl:function>

  <!-- A pointer with its prefix written out, by the prefixDef of the header. -->
  <xsl:function name="f:resolve-prefix" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="target" as="xs:string"/>
    <xsl:variable name="definition" as="element()?" select="(root($node)//tei:prefixDef
      [@ident = substring-before($target, ':')])[1]"/>
    <xsl:sequence select="if ($definition)
      then replace(substring-after($target, ':'), '^' || $definition/@matchPattern || '$',
        $definition/@replacementPattern) else $target"/>
  </xsl:function>

  <!-- What kind of entity a name is of: one of the four indices. -->
  <xsl:function name="fp:kind" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="if ($name/self::tei:persName or $name/@type = 'person') then 'person'
      else if ($name/self::tei:orgName or $name/@type = ('org', 'organisation')) then 'org'
      else if ($name/self::tei:term) then 'term' else 'place'"/>
  </xsl:function>

  <!-- The list of names: one group a kind, one entry an entity, with the places where it occurs. -->
  <xsl:template name="t:names" as="element(section)?">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <xsl:variable name="mentions" as="element()*" select="tei:text//*[@ref][fp:entity(.)]"/>
    <xsl:if test="exists($mentions)">
      <section class="after" id="names" aria-labelledby="h-names">
        <h2 id="h-names"><xsl:value-of select="f:label('names.title')"/></h2>
        <div class="three">
          <xsl:for-each-group select="$mentions" group-by="fp:kind(.)">
            <xsl:sort select="index-of(('person', 'place', 'org', 'term'), current-grouping-key())"/>
            <div>
              <h3><xsl:value-of select="f:label('names.' || current-grouping-key())"/></h3>
              <ul class="idx">
                <xsl:for-each-group select="current-group()" group-by="fp:entity(.)">
                  <xsl:sort select="fp:sort-name(.)" lang="{$v:language}"/>
                  <xsl:call-template name="tp:name-entry"/>
                </xsl:for-each-group>
              </ul>
            </div>
          </xsl:for-each-group>
        </div>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- The record of an entity in the indices of the edition, if it is there. -->
  <xsl:function name="fp:record" as="element(e:name)?">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="$edition/e:edition/e:name[@key = fp:entity($mention)][1]"/>
  </xsl:function>

  <!-- What an entity is listed under: its name in the index, else as it is first mentioned. -->
  <xsl:function name="fp:name" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="string((fp:record($mention)/@name, f:plain($mention/node()))[1])"/>
  </xsl:function>

  <!-- What an entity is sorted by: what its index says, else its name. -->
  <xsl:function name="fp:sort-name" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="string((fp:record($mention)/@sort, fp:name($mention))[1])"/>
  </xsl:function>

  <!-- One entity: name, number of mentions, and where. -->
  <xsl:template name="tp:name-entry" as="element(li)">
    <xsl:context-item as="element()" use="required"/>
    <li id="{current-grouping-key()}">
      <span class="nm">
        <a href="{if ($edition/e:edition/@name-pages) then 'names/' || current-grouping-key() || '.html'
          else 'names.html#' || current-grouping-key()}"><xsl:value-of select="fp:name(.)"/></a>
      </span>
      <xsl:text> </xsl:text>
      <span class="ct">
        <span aria-hidden="true"><xsl:value-of select="count(current-group())"/></span>
        <span class="vh"><xsl:value-of select="f:count-label('names.times', count(current-group()))"/></span>
      </span>
      <xsl:text> </xsl:text>
      <span class="wh">
        <xsl:for-each-group select="current-group()" group-by="f:place(.)">
          <xsl:value-of select="if (position() gt 1) then ', ' else ''"/>
          <a href="#{f:place-anchor(.)}"><xsl:value-of select="current-grouping-key()"/></a>
        </xsl:for-each-group>
      </span>
    </li>
  </xsl:template>
</xsl:stylesheet>
