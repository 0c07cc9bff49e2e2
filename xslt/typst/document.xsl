<?xml version="1.0" encoding="UTF-8"?>
<!--
  A whole document: its opening, its text, and what stands after it. Input: a prepared TEI
  document. Output: one d:record (namespace urn:diplomatic:print): the document's Typst, and what the volume
  needs to know of it (mentions of names, apparatus, signs, abbreviations, licence).
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:d="urn:diplomatic:print"
  xmlns:fp="urn:diplomatic:typst:document:function"
  xmlns:tp="urn:diplomatic:typst:document:template"
  xmlns:vp="urn:diplomatic:typst:document:variable"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Makes the record of a document. -->
  <xsl:mode name="m:record" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Divisions that are matter of the transcript's publisher, not of the document. -->
  <xsl:variable name="vp:publisher-types" as="xs:string+" select="
    'transcript-head', 'notice', 'abstract', 'form-labels', 'rights', 'interlanguage', 'metadata', 'furniture', 'notes'"/>

  <!-- The title of a document. -->
  <xsl:function name="f:title" as="xs:string" visibility="public">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="titles" as="element()*" select="$tei/teiHeader/fileDesc/titleStmt/title"/>
    <xsl:sequence select="normalize-space(($titles[@type = 'main'], $titles)[1])"/>
  </xsl:function>

  <!-- The date of a document in words: as its header has it, or from the attributes. -->
  <xsl:function name="f:date-of" as="xs:string" visibility="public">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="date" as="element()?" select="($tei/teiHeader/profileDesc/creation//date,
      $tei/teiHeader/profileDesc/correspDesc/correspAction[@type = 'sent']/date)[1]"/>
    <xsl:sequence select="if (empty($date)) then '' else if ($date/@when) then f:date($date/@when)
      else (normalize-space($date)[. ne ''], f:date-words($date))[1]"/>
  </xsl:function>

  <!-- Place and date, as the opening and the list have them. -->
  <xsl:function name="fp:place-date" as="xs:string">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="place" as="element()?" select="($tei/teiHeader/profileDesc/creation/placeName,
      $tei/teiHeader/profileDesc/correspDesc/correspAction[@type = 'sent']/placeName,
      ($tei/text/body//dateline[not(ancestor::floatingText)])[1]/placeName)[1]"/>
    <xsl:sequence select="string-join(($place ! f:plain(node()), f:date-of($tei)[. ne '']), ', ')"/>
  </xsl:function>

  <!-- The short title for the running head: the title, cut at a word, with the date if it has none. -->
  <xsl:function name="fp:running-title" as="xs:string">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="short" as="xs:string?"
      select="$tei/teiHeader/fileDesc/titleStmt/title[@type = 'short'] ! normalize-space()"/>
    <xsl:variable name="title" as="xs:string" select="($short, f:title($tei))[1]"/>
    <xsl:variable name="date" as="xs:string" select="f:date-of($tei)"/>
    <xsl:sequence select="
      if (string-length($title) gt 76) then replace($title, '^(.{1,72})\s.*$', '$1 …')
      else if ($date ne '' and string-length($title || $date) le 72 and not(matches($title, '[0-9]{4}'))
        and matches($date, '^[^;]{1,30}$') and matches($date, '[0-9]')) then replace($title, '\.$', '') || ', ' || $date
      else $title"/>
  </xsl:function>

  <!-- The abstract that stands in the opening: the publisher's own after the document. -->
  <xsl:function name="fp:abstract" as="element()?">
    <xsl:param name="tei" as="element()"/>
    <xsl:sequence select="($tei/text/back/div[@type = 'abstract'], $tei/teiHeader/profileDesc/abstract)[1]"/>
  </xsl:function>

  <!-- Whether a heading or date that a publisher set before the document is in the opening already. -->
  <xsl:function name="fp:is-repeated" as="xs:boolean">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="tei" as="element()" select="$block/ancestor::TEI[1]"/>
    <xsl:variable name="words" as="xs:string" select="f:plain($block/node())"/>
    <xsl:sequence select="$block/ancestor::div/@type = 'transcript-head'
      and (($block/self::head and $words = f:title($tei))
        or ($block/(self::dateline | self::ab) and $words = f:date-of($tei)))"/>
  </xsl:function>

  <!-- Whether an element is on the page: not what the opening has taken over. -->
  <xsl:function name="f:is-printed" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="empty($element/ancestor-or-self::*[ancestor::div/@type = 'transcript-head'][fp:is-repeated(.)])"/>
  </xsl:function>

  <!-- The record of a document. -->
  <xsl:template match="TEI" mode="m:record" as="element(d:record)">
    <xsl:variable name="source" as="xs:string">
      <xsl:call-template name="tp:document"/>
    </xsl:variable>
    <xsl:variable name="spots" as="xs:string*"
      select="analyze-string($source, 'spot\(&quot;([^&quot;]+)&quot;')//*:group ! string()"/>
    <xsl:variable name="date" as="element()?" select="teiHeader/profileDesc/creation/date[1]"/>
    <d:record id="{@xml:id}" title="{f:title(.)}" date-words="{f:date-of(.)}"
      date="{string(($date/@when, $date/@from, $date/@notBefore, $date/@to, $date/@notAfter)[1])}"
      licence="{normalize-space(string-join(teiHeader/fileDesc/publicationStmt/availability/(licence, p), ' '))}"
      signs="{f:signs-used(.)}">
      <d:source>{$source}</d:source>
      <xsl:for-each select="text//*[@p:mention][f:destination('i' || @p:mention, .) = $spots]">
        <d:mention ref="{substring-after(@ref, '#')}" label="{f:destination('i' || @p:mention, .)}"
          note="{exists(ancestor::note[@p:note])}" role="{fp:role(.)}"/>
      </xsl:for-each>
      <xsl:apply-templates select="." mode="m:entries">
        <xsl:with-param name="spots" select="$spots"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="." mode="m:abbreviations"/>
    </d:record>
  </xsl:template>

  <!-- As what a document names somebody, where its place tells: who signed it, where it was written,
       who got a copy; else ''. -->
  <xsl:function name="fp:role" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="
      if ($mention/ancestor::note) then ''
      else if ($mention/self::persName/ancestor::signed) then 'signed'
      else if ($mention/self::placeName/ancestor::dateline) then 'dateline'
      else if ($mention/(self::persName, self::orgName)/ancestor::list[@type = 'distribution']) then 'distribution'
      else if ($mention/self::persName/ancestor::author) then 'author' else ''"/>
  </xsl:function>

  <!-- The call for a document. -->
  <xsl:template name="tp:document" as="xs:string">
    <xsl:context-item as="element(TEI)" use="required"/>
    <xsl:variable name="after" as="xs:string*">
      <xsl:call-template name="tp:after"/>
    </xsl:variable>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:apply-templates select="text" mode="m:document-text"/>
      <xsl:sequence select="f:line(f:call('end-notes', f:words(f:word('notes.caption'))), .),
        f:line(f:call('end-notes', 'none'), .)"/>
      <xsl:sequence select="f:line(f:call('after-text', f:lines($after)), .)"/>
      <xsl:if test="$number ne ''">
        <xsl:call-template name="tp:page-list"/>
      </xsl:if>
    </xsl:variable>
    <xsl:variable name="language" as="xs:string*" select="tokenize(lower-case((@xml:lang, $interface-language)[1]), '-')"/>
    <xsl:variable name="id" as="xs:string" select="string(@xml:id)"/>
    <xsl:variable name="arguments" as="xs:string*" select="
      f:string($id), f:named('number', f:string($number)), f:named('title', f:words(f:title(.))),
      f:named('place-date', f:string(fp:place-date(.))),
      f:named('verso', f:string($running-title)), f:named('recto', f:string(fp:running-title(.))),
      f:named('lang', f:string($language[1])),
      if (string-length($language[2]) = 2) then f:named('region', f:string($language[2]))
        else f:named('region', 'none')[$language[1] ne tokenize(lower-case($interface-language), '-')[1]],
      f:named('tei', f:string($id || '.xml')),
      f:named('tei-description', f:string(f:word('tei.description', f:title(.))))"/>
    <xsl:variable name="abstract" as="xs:string*" select="fp:abstract(.) ! fp:pieces(.) ! f:call('par', .)"/>
    <xsl:sequence select="f:line(f:call('document-part',
      ($arguments, f:named('abstract', f:body($abstract))[exists($abstract)], f:lines($lines))), .)"/>
  </xsl:template>

  <!-- For the page list of the ebook: the units whose place is on the page. -->
  <xsl:template name="tp:page-list" as="xs:string">
    <xsl:context-item as="element(TEI)" use="required"/>
    <xsl:variable name="units" as="element()*"
      select="text//*[@p:unit][not(ancestor::note)][empty(ancestor::div[fp:is-publishers(.)])]"/>
    <xsl:sequence select="f:line(f:call('page-list', (f:string(@xml:id), f:array($units
      ! f:array((f:string(@p:anchor), f:string(f:destination(@p:anchor, .))))))), .)"/>
  </xsl:template>

  <!-- The text of the document: all of it but the publisher's matter. -->
  <xsl:mode name="m:document-text" on-no-match="fail" on-multiple-match="fail"/>
  <!-- Front, body and back in order. -->
  <xsl:template match="text" mode="m:document-text" as="xs:string*">
    <xsl:variable name="lines" as="xs:string*">
      <xsl:apply-templates mode="m:block" select="
        front/node()[not(fp:is-publishers(.))], body, group, back/node()[not(fp:is-publishers(.))]"/>
    </xsl:variable>
    <xsl:sequence select="f:in-own-language(., $lines)"/>
  </xsl:template>

  <!-- Whether a node is matter of the transcript's publisher. -->
  <xsl:function name="fp:is-publishers" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/self::div[@type = $vp:publisher-types][parent::front or parent::back])"/>
  </xsl:function>

  <!-- ============================================================ after the text -->

  <!-- Source, licence, and the publisher's matter. -->
  <xsl:template name="tp:after" as="xs:string*">
    <xsl:context-item as="element(TEI)" use="required"/>
    <xsl:variable name="licence" as="xs:string"
      select="normalize-space(string-join(teiHeader/fileDesc/publicationStmt/availability/(licence, p), ' '))"/>
    <xsl:variable name="rights" as="xs:string" select="replace(string-join(text/back/div[@type = 'rights']//text()), '\s', '')"/>
    <xsl:sequence select="f:line(f:call('source-note', (f:string(f:word('source.caption')),
      f:body(fp:source(.)))), (teiHeader/fileDesc/sourceDesc, .)[1])"/>
    <xsl:if test="not($licence ne '' and contains($rights, replace($licence, '\s', '')))">
      <xsl:sequence select="f:line(f:call('publisher-matter', (f:string(f:word('source.licence')),
        f:array(f:words(($licence[. ne ''], f:word('source.licence-missing'))[1])))), .)"/>
    </xsl:if>
    <xsl:variable name="abstract" as="element()?" select="fp:abstract(.)"/>
    <xsl:for-each select="(text/front, text/back)/div[fp:is-publishers(.)][not(. is $abstract)]">
      <xsl:variable name="pieces" as="xs:string*" select="fp:pieces(.)"/>
      <xsl:sequence select="f:line(f:call('publisher-matter', (
        f:string(f:first-label(('publisher.' || current()/@type, 'publisher.other'))), f:array($pieces),
        f:named('paragraphs', string(exists(p))))), current())[exists($pieces)]"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The blocks of a division, each as one content; nothing when all of it is printed elsewhere. -->
  <xsl:function name="fp:pieces" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="leaves" as="xs:string*">
      <xsl:apply-templates select="$element/node()" mode="m:pieces"/>
    </xsl:variable>
    <xsl:sequence select="$leaves[not(. = ('[]', ''))]"/>
  </xsl:function>

  <!-- Blocks as single contents. -->
  <xsl:mode name="m:pieces" on-no-match="fail" on-multiple-match="fail"/>
  <!-- Loose words. -->
  <xsl:template match="text()" mode="m:pieces" as="xs:string?">
    <xsl:sequence select="f:inline(.)[normalize-space(current())]"/>
  </xsl:template>
  <!-- Nothing for a reader. -->
  <xsl:template match="comment() | processing-instruction()" mode="m:pieces" as="empty-sequence()"/>
  <!-- A block: those within it, or its words; what is printed elsewhere is left out. -->
  <xsl:template match="*" mode="m:pieces" as="xs:string*">
    <xsl:choose>
      <xsl:when test="not(f:is-printed(.)) or self::note[@p:note][f:has-home(.)]"/>
      <xsl:when test="self::note[@p:note]">
        <xsl:sequence select="f:body((f:text(@p:note || ' '), f:inline(node()[not(self::seg[@type = 'label'])])))"/>
      </xsl:when>
      <xsl:when test="*[f:is-block(.) or self::item or self::label or self::row]">
        <xsl:apply-templates mode="m:pieces"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="f:inline(if (f:is-block(.)) then node() else .)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where a document is from; what the transcript does not say is said to be missing. -->
  <xsl:function name="fp:source" as="xs:string*">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="description" as="element()?" select="$tei/teiHeader/fileDesc/sourceDesc"/>
    <xsl:variable name="identifier" as="element()?" select="($description//msIdentifier)[1]"/>
    <!-- numbers of a registry, without a word on the archive -->
    <xsl:variable name="registered" as="element()*" select="$description/bibl[@type = 'original']/idno[@type = 'registry']"/>
    <xsl:variable name="others" as="xs:string*" select="$description/(bibl[not(@type = 'transcript')] except $registered/.., biblStruct, p)
      ! replace(normalize-space(string-join(node() except idno[@type = ('filename', 'sha256')])), '[,;\s]+$', '')"/>
    <xsl:variable name="place" as="xs:string*"
      select="$identifier/(country, region, settlement, institution) ! normalize-space()"/>
    <xsl:variable name="parts" as="xs:string*" select="
      if (exists($others) and empty(($identifier, $registered))) then $others
      else ($place, ($identifier/repository ! normalize-space(), f:word('source.repository-missing'))[1],
        $identifier/collection ! normalize-space(),
        ($identifier/idno ! normalize-space(), f:word('source.shelfmark-missing'))[1],
        ($identifier/altIdentifier/idno[1], $registered) ! f:word('source.registered', normalize-space()),
        $others)"/>
    <xsl:sequence select="f:text(replace(string-join($parts[. ne ''], ', '), '\.$', '') || '.')"/>
    <xsl:for-each select="$tei/teiHeader/fileDesc/titleStmt/(respStmt[not(@xml:id = ('ed', 'tool'))])">
      <xsl:sequence select="f:text(' ' || fp:capital(normalize-space(string-join(resp, ', '))) || ': '
        || normalize-space(string-join(* except resp, ', ')) || '.')"/>
    </xsl:for-each>
    <xsl:for-each select="$description/bibl/idno[@type = 'filename'][1]">
      <xsl:sequence select="f:text(' ' || f:word('source.transcript', '')),
        f:call('code', f:call('text', f:string(.))), f:text('.')"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A string with a capital at its head. -->
  <xsl:function name="fp:capital" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>
</xsl:stylesheet>
