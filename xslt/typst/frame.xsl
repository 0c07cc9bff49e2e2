<?xml version="1.0" encoding="UTF-8"?>
<!--
  What stands around the documents. Input: a d:volume (namespace urn:diplomatic:print): the edition's
  settings, the records of the documents, the index files, the fonts and versions. Output: a d:frame
  with d:setup (call of the page), d:front and d:back, in Typst. A d:volume with single="true" is the
  frame of one document by itself: no title pages, no index.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:d="urn:diplomatic:print"
  xmlns:fp="urn:diplomatic:typst:frame:function"
  xmlns:tp="urn:diplomatic:typst:frame:template"
  xmlns:vp="urn:diplomatic:typst:frame:variable"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Makes the frame. -->
  <xsl:mode name="m:frame" on-no-match="fail" on-multiple-match="fail"/>

  <!-- The frame of a volume, or of a single document. -->
  <xsl:template match="d:volume" mode="m:frame" as="element(d:frame)">
    <xsl:variable name="front" as="xs:string*">
      <xsl:if test="not(@single = 'true')">
        <xsl:call-template name="tp:front"/>
      </xsl:if>
    </xsl:variable>
    <xsl:variable name="back" as="xs:string*">
      <xsl:call-template name="tp:back"/>
    </xsl:variable>
    <d:frame>
      <d:setup>{fp:setup(.)}</d:setup>
      <d:front>{string-join($front)}</d:front>
      <d:back>{string-join($back)}</d:back>
    </d:frame>
  </xsl:template>

  <!-- The arguments of `edition`. -->
  <xsl:function name="fp:setup" as="xs:string">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="date" as="xs:string*" select="tokenize($volume/@date, '-') ! string(xs:integer(.))"/>
    <xsl:variable name="title" as="xs:string" select="
      if ($volume/@single = 'true') then $volume/d:record[1]/@title
      else string-join(($volume/@title, $volume/@subtitle[. ne '']), ': ')"/>
    <xsl:sequence select="string-join((
      f:named('title', f:string($title)),
      f:named('authors', f:array(($volume/d:editor, $volume/@publisher[empty($volume/d:editor)]) ! f:string(.))),
      f:named('date', f:call('datetime', (f:named('year', $date[1]), f:named('month', $date[2]), f:named('day', $date[3])))),
      f:named('description', f:string(fp:description($volume))),
      f:named('lang', f:string(tokenize($volume/@language, '-')[1])),
      f:named('region', f:string($volume/@region)), f:named('hyphenate', string($hyphenate))), ', ')"/>
  </xsl:function>

  <!-- What the PDF is, in a sentence. -->
  <xsl:function name="fp:description" as="xs:string">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:sequence select="f:word('colophon.document', (string-join(($volume/@title, $volume/@subtitle[. ne '']), ': '),
      $volume/@version, f:date($volume/@date)))[$volume/@single = 'true'],
      f:label('page.version', ($volume/@title, $volume/@version, f:date($volume/@date)))[not($volume/@single = 'true')]"/>
  </xsl:function>

  <!-- ============================================================ front matter -->

  <!-- Half-title, title page, contents, list of documents, note on the text. -->
  <xsl:template name="tp:front" as="xs:string*">
    <xsl:context-item as="element(d:volume)" use="required"/>
    <xsl:variable name="verso" as="xs:string" select="f:string(@running)"/>
    <xsl:sequence select="f:line(f:call('half-title', f:words(@title)), .)[fp:has(current(), 'half-title')]"/>
    <xsl:sequence select="f:line(f:call('title-page', (f:words(@title),
      f:named('subtitle', f:string(@subtitle)), f:named('editors', f:string(fp:edited-by(.))),
      f:named('publisher', f:string(@publisher)),
      f:named('date', f:string(f:word('imprint.version', (@version, f:date(@date))))),
      f:named('imprint', f:array(fp:imprint(.))))), .)"/>
    <xsl:sequence select="f:line(f:call('part', (f:string('contents'), f:words(f:word('part.contents')), $verso,
      f:call('contents', f:array(fp:contents(.))), f:named('odd', 'true'), f:named('outlined', 'false'))), .)[fp:has(current(), 'contents')]"/>
    <xsl:if test="fp:has(., 'documents')">
      <xsl:call-template name="tp:list-of-documents"/>
    </xsl:if>
    <xsl:if test="fp:has(., 'note')">
      <xsl:call-template name="tp:note-on-the-text"/>
    </xsl:if>
  </xsl:template>

  <!-- Whether the edition wants a part in its volume. -->
  <xsl:function name="fp:has" as="xs:boolean">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:param name="part" as="xs:string"/>
    <xsl:sequence select="tokenize($volume/@parts) = $part"/>
  </xsl:function>

  <!-- What the contents will hold, as pairs of number and title: room for it is kept while Typst does
       not know it yet. -->
  <xsl:function name="fp:contents" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="before" as="xs:string*" select="
      'documents'[fp:has($volume, 'documents')], 'note'[fp:has($volume, 'note')]"/>
    <xsl:variable name="after" as="xs:string*" select="
      'apparatus'[$volume/d:record/d:entry], 'index'[$volume/d:index], 'colophon'"/>
    <xsl:sequence select="
      $before ! f:array(('[]', f:words(f:word('part.' || .)))),
      $volume/d:record ! f:array((f:words(@number), f:words(@title))),
      $after[fp:has($volume, .)] ! f:array(('[]', f:words(f:word('part.' || .))))"/>
  </xsl:function>

  <!-- Who edited, if anybody is named. -->
  <xsl:function name="fp:edited-by" as="xs:string">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="names" as="xs:string*" select="$volume/d:editor"/>
    <xsl:sequence select="if (empty($names)) then '' else f:word('imprint.edited',
      string-join((string-join($names[position() lt last() or last() = 1], ', '), $names[last()][count($names) gt 1]),
        f:word('imprint.and')))"/>
  </xsl:function>

  <!-- Lines of the imprint. -->
  <xsl:function name="fp:imprint" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:sequence select="
      f:words(f:word('imprint.published', replace($volume/@publisher, '\.$', ''))),
      f:words(if ($volume/@licence ne '') then f:word('imprint.licence', $volume/@licence)
        else f:word('imprint.no-licence')),
      $volume/@licence-url[. ne ''] ! f:call('outward', (f:string(.), f:words(.))),
      f:words(f:word('imprint.documents')), f:words(f:word('imprint.tei')),
      $volume/@address[. ne ''] ! f:words(f:word('imprint.address', .))"/>
  </xsl:function>

  <!-- The documents in the order of their dates. -->
  <xsl:template name="tp:list-of-documents" as="xs:string*">
    <xsl:context-item as="element(d:volume)" use="required"/>
    <xsl:variable name="rows" as="xs:string*">
      <xsl:for-each select="d:record">
        <xsl:sort select="if (@date = '') then '9' else @date"/>
        <xsl:sequence select="f:array((f:words((@date-words[. ne ''], f:word('list.undated'))[1]), f:words(@title),
          f:words(@number), f:call('page-of', f:string(@id))))"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('part', (f:string('documents'), f:words(f:word('part.documents')), f:string(@running),
      f:call('listing', (f:array(('date', 'document', 'number', 'page') ! f:words(f:word('list.' || .))), f:array($rows),
        '(27mm, 1fr, 7mm, 8mm)')))), .)"/>
  </xsl:template>

  <!-- The note on the text: principles, signs in use, abbreviations. -->
  <xsl:template name="tp:note-on-the-text" as="xs:string*">
    <xsl:context-item as="element(d:volume)" use="required"/>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:for-each select="'lead', 'voices', 'paragraphs', 'origin'">
        <xsl:sequence select="f:call('prose', (f:words(f:word('note.' || .)), f:named('lead', string(position() = 1)))) || '&#10;'"/>
      </xsl:for-each>
      <xsl:sequence select="fp:signs(.), fp:abbreviations(.)"/>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('part', (f:string('note-on-the-text'), f:words(f:word('part.note')), f:string(@running),
      f:lines($lines))), .)"/>
  </xsl:template>

  <!-- The order of the table of signs. -->
  <xsl:variable name="vp:order" as="xs:string+" select="
    'supplied', 'supplied.ours', 'gloss', 'remark', 'sic', 'unclear', 'gap', 'omission', 'space', 'surplus',
    'add', 'del', 'stamp', 'signature', 'seal', 'letter', 'note', 'paragraph'"/>

  <!-- The table of signs, of those that the documents use. -->
  <xsl:function name="fp:signs" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="used" as="xs:string*" select="$volume/d:record/@signs ! tokenize(.)"/>
    <xsl:variable name="rows" as="xs:string*"
      select="$vp:order[. = $used] ! f:array((fp:sample(.), f:words(f:word('sign.' || .))))"/>
    <xsl:if test="exists($rows)">
      <xsl:sequence select="f:call('subheading', f:words(f:word('note.signs'))) || '&#10;'"/>
      <xsl:sequence select="f:call('listing', (f:array(('note.sign', 'note.meaning') ! f:words(f:word(.))),
        f:array($rows), '(34mm, 1fr)', f:named('level', 'true'))) || '&#10;'"/>
    </xsl:if>
  </xsl:function>

  <!-- A sign as the page shows it. -->
  <xsl:function name="fp:sample" as="xs:string">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:variable name="words" as="xs:string" select="f:words(f:word('sample.' || $sign))"/>
    <xsl:variable name="call" as="xs:string?" select="map{'unclear': 'unsure', 'surplus': 'residue', 'add': 'added',
      'gloss': 'aside', 'remark': 'aside', 'signature': 'aside', 'seal': 'aside', 'letter': 'source-mark-sample',
      'note': 'bare-mark', 'stamp': 'stamp-sample', 'paragraph': 'number-sample'}($sign)"/>
    <xsl:sequence select="if ($sign = 'space') then 'blank(2.2em)'
      else if ($sign = 'del') then f:call('rendered', (f:string('strikethrough'), $words))
      else if ($call) then f:call($call, $words) else $words"/>
  </xsl:function>

  <!-- The abbreviations of all documents, each once, in the order of the alphabet. -->
  <xsl:function name="fp:abbreviations" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="pairs" as="xs:string*">
      <xsl:for-each-group select="$volume/d:record/d:abbreviation" group-by="@short || '&#9;' || @long">
        <xsl:sort select="@short" collation="http://www.w3.org/2013/collation/UCA?lang={$interface-language}"/>
        <xsl:sequence select="f:array((f:words(@short), f:words(@long)))"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:if test="exists($pairs)">
      <xsl:sequence select="f:call('subheading', f:words(f:word('note.abbreviations'))) || '&#10;'"/>
      <xsl:sequence select="f:call('listing', (f:array(('note.abbreviation', 'note.meaning') ! f:words(f:word(.))),
        f:array($pairs), '(34mm, 1fr)')) || '&#10;'"/>
    </xsl:if>
  </xsl:function>

  <!-- ============================================================ back matter -->

  <!-- Apparatus, index, colophon. -->
  <xsl:template name="tp:back" as="xs:string*">
    <xsl:context-item as="element(d:volume)" use="required"/>
    <xsl:if test="d:record/d:entry and not(@single = 'true') and fp:has(., 'apparatus')">
      <xsl:sequence select="f:line(f:call('part', (f:string('apparatus'), f:words(f:word('part.apparatus')), f:string(@running),
        f:lines(fp:apparatus(.)))), .)"/>
    </xsl:if>
    <xsl:variable name="index" as="xs:string*">
      <xsl:apply-templates select="d:index" mode="m:index"/>
    </xsl:variable>
    <xsl:if test="exists($index) and not(@single = 'true') and fp:has(., 'index')">
      <xsl:variable name="lead" as="xs:string" select="f:call('lead-note', f:words(f:word('index.lead'))) || '&#10;'"/>
      <xsl:sequence select="f:line(f:call('part', (f:string('index'), f:words(f:word('part.index')), f:string(@running),
        f:lines(($lead, $index)))), .)"/>
    </xsl:if>
    <xsl:variable name="colophon" as="xs:string" select="f:lines(fp:colophon(.))"/>
    <xsl:variable name="entries" as="xs:string*" select="if (d:record/d:entry) then fp:apparatus(.) else ()"/>
    <xsl:variable name="title" as="xs:string" select="if (d:record/d:entry) then 'part.apparatus' else 'part.colophon'"/>
    <xsl:sequence select="
      if (@single = 'true')
      then f:line(f:call('part', (f:string('apparatus'), f:words(f:word($title)), f:string(@running),
        f:lines(($entries, f:call('colophon-foot', $colophon) || '&#10;')))), .)
      else f:line(f:call('colophon', (f:string('colophon'), f:words(f:word('part.colophon')), $colophon)), .)
        [fp:has(current(), 'colophon')]"/>
  </xsl:template>

  <!-- The apparatus: document by document. -->
  <xsl:function name="fp:apparatus" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:sequence select="f:call('lead-note', f:words(f:word('apparatus.lead.' || $volume/@apparatus))) || '&#10;'"/>
    <xsl:for-each select="$volume/d:record[d:entry]">
      <xsl:if test="not($volume/@single = 'true')">
        <xsl:sequence select="f:call('subheading', f:words(string-join((@number[. ne ''], @title), '. '))) || '&#10;'"/>
      </xsl:if>
      <xsl:sequence select="f:call('apparatus-list', (f:string(@id), 'lines => ' || f:lines(d:entry ! string()))) || '&#10;'"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The hash of each document; of many, one for all of them. -->
  <xsl:function name="fp:hashes" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="count" as="xs:integer" select="count($volume/d:record)"/>
    <xsl:sequence select="
      if ($count gt 12) then fp:hash(f:word('colophon.hash-of-all', $count), $volume/@sha256)
      else $volume/d:record ! fp:hash(f:word('colophon.hash', string(@id)), @sha256)"/>
  </xsl:function>

  <!-- A hash, and of what it is. -->
  <xsl:function name="fp:hash" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="hash" as="xs:string"/>
    <xsl:sequence select="f:body((f:text($words || ' '), f:call('code', f:call('text', f:string($hash)))))"/>
  </xsl:function>

  <!-- The licences, each once, with the documents that have it. -->
  <xsl:function name="fp:licences" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:for-each-group select="$volume/d:record" group-by="string(@licence)">
      <xsl:sequence select="f:words((
        if (count(current-group()) = 1) then f:word('colophon.licence', string(@title))
        else f:word('colophon.licence-of-several', fp:ranges(current-group()/@number ! xs:integer(.))))
        || ' ' || (current-grouping-key()[. ne ''], f:word('source.licence-missing'))[1])"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Numbers in order, three or more in a row as a range. -->
  <xsl:function name="fp:ranges" as="xs:string">
    <xsl:param name="numbers" as="xs:integer+"/>
    <xsl:variable name="runs" as="xs:string+">
      <xsl:for-each-group select="1 to count($numbers)" group-adjacent="$numbers[current()] - .">
        <xsl:variable name="run" as="xs:integer+" select="for $i in current-group() return $numbers[$i]"/>
        <xsl:sequence select="if (count($run) gt 2) then $run[1] || '–' || $run[last()] else $run ! string()"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="string-join($runs, ', ')"/>
  </xsl:function>

  <!-- The colophon: how the book was made, with what, from what, and under which licences. -->
  <xsl:function name="fp:colophon" as="xs:string*">
    <xsl:param name="volume" as="element(d:volume)"/>
    <xsl:variable name="fonts" as="xs:string" select="string-join($volume/d:font ! f:word('colophon.font',
      (@name, @version, @licence)), f:word('colophon.join'))"/>
    <xsl:variable name="title" as="xs:string"
      select="string-join(($volume/@title, $volume/@subtitle[. ne '']), ': ')"/>
    <xsl:variable name="date" as="xs:string" select="f:date($volume/@date)"/>
    <xsl:variable name="single" as="xs:boolean" select="$volume/@single = 'true'"/>
    <xsl:variable name="lines" as="xs:string*" select="
      f:words(f:word('colophon.document', ($title, $volume/@version, $date)))[$single],
      f:words(f:word('colophon.fonts', $fonts)),
      f:words(f:word('colophon.made', ($volume/@program, $volume/@typst))),
      f:words(f:word('colophon.checks')),
      f:words(f:word('colophon.cite', (string-join($volume/d:editor ! (. || ', ')), $title, $volume/@version, $date))),
      fp:hashes($volume), fp:licences($volume)[not($single)]"/>
    <xsl:sequence select="$lines ! (f:call('colophon-line', .) || '&#10;')"/>
  </xsl:function>
</xsl:stylesheet>
