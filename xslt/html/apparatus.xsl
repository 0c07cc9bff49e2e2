<?xml version="1.0" encoding="UTF-8"?>
<!--
  What stands behind each mark, and the key. Input: a prepared TEI document. Output: the
  apparatus: one entry a mark, which is also the card that opens when the mark is followed
  (:target); and the list of the signs that occur.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-apparatus:function"
  exclude-result-prefixes="#all">

  <!-- One example of every sign; read when the stylesheet is compiled. -->
  <xsl:variable name="v:key" static="yes" as="document-node()" select="doc('../common/key.xml')"/>

  <!-- The entry of a mark. -->
  <xsl:mode name="m:entry" on-no-match="fail" on-multiple-match="fail"/>
  <!-- The sentence that explains a mark. -->
  <xsl:mode name="m:explain" on-no-match="fail" on-multiple-match="use-last"/>
  <!-- What an entry shows of a mark. -->
  <xsl:mode name="m:lemma" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- The apparatus of a document. -->
  <xsl:template name="t:apparatus" as="element(section)">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <xsl:variable name="marks" as="element()*" select="tei:text//*[@p:mark]"/>
    <section class="after" id="apparatus" aria-labelledby="h-apparatus">
      <h2 id="h-apparatus"><xsl:value-of select="f:label('app.title')"/></h2>
      <p class="lead"><xsl:value-of select="f:label(if ($marks) then 'app.lead' else 'app.none')"/></p>
      <xsl:if test="$marks">
        <ol class="apps">
          <xsl:apply-templates select="$marks" mode="m:entry"/>
        </ol>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- An entry: place, reading, explanation, whose word, and the way back. -->
  <xsl:template match="*[@p:mark]" mode="m:entry" as="element(li)">
    <xsl:variable name="place" as="xs:string" select="f:place(.)"/>
    <li class="app" id="a{@p:mark}">
      <span class="loc"><xsl:value-of select="$place"/></span>
      <xsl:text> </xsl:text>
      <span class="lem">
        <xsl:apply-templates select="." mode="m:lemma"/>
      </span>
      <xsl:text> </xsl:text>
      <span class="ex">
        <xsl:apply-templates select="." mode="m:explain"/>
        <xsl:apply-templates select="@cert[. ne 'high']" mode="m:explain"/>
      </span>
      <xsl:text> </xsl:text>
      <span class="resp"><xsl:value-of select="fp:voice-words(.)"/></span>
      <xsl:text> </xsl:text>
      <a class="home" href="#{@p:anchor}">
        <xsl:value-of select="f:label('app.back')"/>
        <span class="vh"><xsl:value-of select="f:label('app.back-at', $place || ', ' || @p:mark)"/></span>
      </a>
    </li>
  </xsl:template>

  <!-- Whose word an entry is: a voice of this edition, or whoever the document names. -->
  <xsl:function name="fp:voice-words" as="xs:string">
    <!-- The element of the entry. -->
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="voice" as="xs:string" select="f:voice($element)"/>
    <xsl:sequence select="if ($voice = ('', 'tr', 'ed', 'tool')) then f:label('voice.' || $voice)
      else normalize-space(root($element)//tei:respStmt[@xml:id = $voice]/(tei:name | tei:persName)[1])"/>
  </xsl:function>

  <!-- The reading itself, as in the text but without links, after the letters it is joined to. -->
  <xsl:template match="*" mode="m:lemma" as="node()*">
    <xsl:value-of select="f:joined-letters(.)"/>
    <xsl:for-each select="., following-sibling::tei:note[@p:part-of = current()/@p:mark]">
      <xsl:value-of select="if (position() gt 1) then ' ' else ''"/>
      <xsl:apply-templates select="." mode="m:html">
        <xsl:with-param name="live" select="false()" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <!-- Of a choice, what was and what is. -->
  <xsl:template match="tei:choice[*[position() gt 1][f:is-ours(.)]]" mode="m:lemma" as="node()*">
    <xsl:value-of select="f:plain(*[1]/node()) || ' → ' || f:plain(f:reading-member(.)/node())"/>
  </xsl:template>

  <!-- Of residue, the residue: the entry is where it can be read in every view. -->
  <xsl:template match="tei:surplus" mode="m:lemma" as="node()*">
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- Of a stamp, its first words. -->
  <xsl:template match="tei:stamp" mode="m:lemma" as="node()*">
    <xsl:value-of select="(.//tei:seg[@type = 'caption']/f:bare-label(.), f:label('sign.stamp'))[1]"/>
  </xsl:template>

  <!-- The word or number that a mark is joined to without a blank, as in 01089▨. -->
  <xsl:function name="f:joined-letters" as="xs:string?">
    <xsl:param name="mark" as="element()"/>
    <xsl:sequence select="$mark/preceding-sibling::node()[1]/self::text()
      ! (if (matches(substring(., string-length()), '[\p{L}\p{N}]')) then tokenize(., '\s+')[last()] else ())"/>
  </xsl:function>

  <!-- By kind, and whose word it is. -->
  <xsl:template match="*" mode="m:explain" as="text()">
    <xsl:value-of select="f:first-label((('explain.' || @p:kind || '.ours')[f:is-ours(current())],
      'explain.' || @p:kind || '.' || @reason, 'explain.' || @p:kind || '.' || f:voice(.), 'explain.' || @p:kind))"/>
  </xsl:template>

  <!-- Illegible or lost: the reason, and how much. -->
  <xsl:template match="tei:gap" mode="m:explain" as="text()+">
    <xsl:variable name="reason" as="xs:string" select="f:first-label((if (@p:kind = 'omission')
      then () else 'explain.gap.' || @reason, 'explain.' || @p:kind))"/>
    <xsl:variable name="extent" as="xs:string?" select="f:extent(.)"/>
    <xsl:value-of select="if ($extent) then f:label('explain.extent', ($reason, $extent))
      else f:label('explain.no-extent', $reason)"/>
    <xsl:if test="tei:desc">
      <xsl:value-of select="' ' || f:label('explain.words', f:plain(tei:desc/node()))"/>
    </xsl:if>
  </xsl:template>

  <!-- A choice: both readings. -->
  <xsl:template match="tei:choice" mode="m:explain" as="text()">
    <xsl:variable name="key" as="xs:string" select="'explain.choice.' || local-name(*[1])"/>
    <xsl:value-of select="f:label(if (f:has-label($key)) then $key else 'explain.choice.unclear',
      (f:plain(*[1]/node()), f:plain(*[2]/node())))"/>
  </xsl:template>

  <!-- How sure. -->
  <xsl:template match="@cert" mode="m:explain" as="text()">
    <xsl:value-of select="' ' || f:label('app.certainty', f:label('cert.' || .))"/>
  </xsl:template>

  <!-- The key: the signs that occur in a document, in the order of the table of signs. -->
  <xsl:template name="t:key" as="element(section)?">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <xsl:variable name="occurring" as="xs:string*" select="distinct-values(tei:text//*[@p:mark] ! f:sign-id(.))"/>
    <xsl:variable name="signs" as="element(tei:ab)*" select="$v:key//tei:ab[@n = $occurring]"/>
    <xsl:if test="$signs">
      <section id="key" aria-labelledby="h-key">
        <h2 class="mini" id="h-key"><xsl:value-of select="f:label('key.title')"/></h2>
        <ul class="key">
          <xsl:apply-templates select="$signs" mode="m:key-row"/>
        </ul>
        <p class="hint">
          <xsl:value-of select="f:label('rail.hint')"/>
          <xsl:text> </xsl:text>
          <a href="method.html#signs"><xsl:value-of select="f:label('key.method')"/></a>
        </p>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- A row of the key. -->
  <xsl:mode name="m:key-row" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Sign and meaning. -->
  <xsl:template match="tei:ab" mode="m:key-row" as="element(li)">
    <li class="k-{translate(@n, '.', '-')}">
      <span class="s">
        <xsl:call-template name="t:sample"/>
      </span>
      <span><xsl:value-of select="f:first-label(('key.' || @n, 'key.' || substring-before(@n, '.')))"/></span>
    </li>
  </xsl:template>

  <!-- The example of a sign, as the text would have it; not live. -->
  <xsl:template name="t:sample" as="node()*">
    <xsl:context-item as="element(tei:ab)" use="required"/>
    <xsl:apply-templates mode="m:html">
      <xsl:with-param name="live" select="false()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>
</xsl:stylesheet>
