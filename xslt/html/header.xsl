<?xml version="1.0" encoding="UTF-8"?>
<!--
  The head of a document's page, from the TEI header and the document's own head: number, kind,
  date, title, abstract, facts, dates. Input: a prepared TEI document. What the document does not
  state is said to be not stated, never guessed.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:fp="urn:diplomatic:html-header:function"
  xmlns:tp="urn:diplomatic:html-header:template"
  exclude-result-prefixes="#all">

  <!-- The head. -->
  <xsl:template name="t:document-head" as="element(header)">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <header class="dochead">
      <xsl:call-template name="tp:kicker"/>
      <h1>
        <xsl:sequence select="f:lang((tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title[1]/@xml:lang, @xml:lang)[1])"/>
        <xsl:value-of select="f:document-title(.)"/>
      </h1>
      <xsl:call-template name="tp:abstract"/>
      <dl class="facts">
        <xsl:call-template name="tp:facts"/>
      </dl>
      <xsl:call-template name="tp:dates"/>
    </header>
  </xsl:template>

  <!-- The title of a document. -->
  <xsl:function name="f:document-title" as="xs:string">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:variable name="title" as="element()?"
      select="($document/tei:teiHeader/tei:fileDesc/tei:titleStmt ! (tei:title[@type = 'main'], tei:title))[1]"/>
    <xsl:sequence select="string((f:plain($title/node())[. ne ''], $document/@xml:id)[1])"/>
  </xsl:function>

  <!-- The date of a document, as its header has it. -->
  <xsl:function name="f:document-date" as="element()?">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:sequence select="($document//tei:profileDesc/tei:creation/tei:date,
      $document//tei:correspAction[@type = 'sent']/tei:date)[1]"/>
  </xsl:function>

  <!-- The date of a document as a time element, in words. -->
  <xsl:template name="tp:date" as="element()">
    <xsl:variable name="date" as="element()?" select="f:document-date(.)"/>
    <xsl:choose>
      <xsl:when test="$date/@when">
        <time datetime="{$date/@when}"><xsl:value-of select="f:date($date/@when)"/></time>
      </xsl:when>
      <xsl:otherwise>
        <span><xsl:value-of select="if ($date) then f:date-words($date) else f:label('doc.undated')"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What kind of document it is, in a word. -->
  <xsl:function name="f:document-kind" as="xs:string">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:variable name="id" as="xs:string?"
      select="$document//tei:textClass/tei:catRef[1]/@target ! substring-after(., '#')"/>
    <xsl:variable name="category" as="element()?" select="$document//tei:category[@xml:id = $id]"/>
    <xsl:variable name="key" as="xs:string" select="'kind.' || substring-after($id, 'genre-')"/>
    <xsl:sequence select="if (f:has-label($key)) then f:label($key)
      else string(($category/tei:catDesc ! normalize-space(), f:label('kind.document'))[1])"/>
  </xsl:function>

  <!-- Number, kind and date above the title. -->
  <xsl:template name="tp:kicker" as="element(p)">
    <xsl:variable name="self" as="element()?" select="$edition/e:edition/e:document[@self = 'true']"/>
    <p class="kicker">
      <xsl:if test="$self">
        <span><xsl:value-of select="f:label('doc.number', ($self/@number, $edition/e:edition/@total))"/></span>
      </xsl:if>
      <span><xsl:value-of select="f:document-kind(.)"/></span>
      <xsl:call-template name="tp:date"/>
    </p>
  </xsl:template>

  <!-- The abstract of a document: the one that stands in the transcript, else that of the header. -->
  <xsl:function name="f:abstract" as="element()?">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:sequence select="($document/tei:text/tei:back/tei:div[@type = 'abstract'],
      $document/tei:text/tei:front/tei:div[@type = 'abstract'],
      $document/tei:teiHeader/tei:profileDesc/tei:abstract)[1]"/>
  </xsl:function>

  <!-- The abstract, set under the title and nowhere else. -->
  <xsl:template name="tp:abstract" as="element(div)?">
    <xsl:variable name="abstract" as="element()?" select="f:abstract(.)"/>
    <xsl:if test="$abstract">
      <div class="abstract" id="abstract">
        <xsl:sequence select="f:lang($abstract/ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
        <xsl:apply-templates select="$abstract" mode="m:children">
          <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
        </xsl:apply-templates>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- A row of the facts; without a value it says so, or is left away if not $always. -->
  <xsl:template name="tp:fact" as="element(div)?">
    <xsl:param name="name" as="xs:string" required="yes"/>
    <xsl:param name="value" as="node()*" required="yes"/>
    <xsl:param name="always" as="xs:boolean" select="false()"/>
    <xsl:if test="$always or exists($value)">
      <div>
        <dt><xsl:value-of select="f:label($name)"/></dt>
        <dd>
          <xsl:sequence select="$value"/>
          <xsl:if test="empty($value)">
            <span class="unstated"><xsl:value-of select="f:label('doc.not-stated')"/></span>
          </xsl:if>
        </dd>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- The facts of a document. -->
  <xsl:template name="tp:facts" as="element(div)+">
    <xsl:call-template name="tp:writer"/>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.addressee'"/>
      <xsl:with-param name="value" select="fp:people(.//tei:correspAction[@type = 'received'])"/>
    </xsl:call-template>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.place'"/>
      <xsl:with-param name="value" select="fp:names((tei:text//tei:dateline//tei:placeName,
        .//tei:creation/tei:placeName)[1])"/>
      <xsl:with-param name="always" select="true()"/>
    </xsl:call-template>
    <xsl:call-template name="tp:record-facts"/>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.archive'"/>
      <xsl:with-param name="value" select="fp:text(f:archive(.))"/>
      <xsl:with-param name="always" select="true()"/>
    </xsl:call-template>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.text'"/>
      <xsl:with-param name="value" select="fp:text(.//tei:langUsage/tei:language)"/>
      <xsl:with-param name="always" select="true()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Writer: named in the header; else who signed; else not stated. -->
  <xsl:template name="tp:writer" as="element(div)?">
    <xsl:variable name="senders" as="node()*" select="fp:people(.//tei:correspAction[@type = 'sent'])"/>
    <xsl:variable name="authors" as="element()*" select="tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:author,
      tei:teiHeader//tei:msItem/tei:author"/>
    <xsl:variable name="stated" as="node()*" select="if ($senders) then $senders else fp:text($authors)"/>
    <xsl:variable name="signed" as="element()*" select="tei:text//tei:signed//tei:persName"/>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name"
        select="if (empty($stated) and $signed) then 'fact.signed' else 'fact.writer'"/>
      <xsl:with-param name="value" select="if (exists($stated)) then $stated else fp:names($signed)"/>
      <xsl:with-param name="always" select="true()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Marking, registry numbers and copies: only of documents that have them. -->
  <xsl:template name="tp:record-facts" as="element(div)*">
    <xsl:variable name="numbers" as="xs:string*" select="
      (tei:text//tei:idno[@type = 'incoming'] ! f:label('fact.incoming', f:plain(node())),
       tei:text//tei:idno[@type = 'outgoing'] ! f:label('fact.outgoing', f:plain(node())),
       .//tei:sourceDesc//(tei:altIdentifier/tei:idno[../@type = 'registry'] | tei:bibl/tei:idno[@type = 'registry'])
         [not(root(current())//tei:text//tei:idno)] ! string())"/>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.marked'"/>
      <xsl:with-param name="value" select="fp:text(tei:text//(tei:seg | tei:ab)[@type = 'classification'])"/>
    </xsl:call-template>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.registered'"/>
      <xsl:with-param name="value" select="fp:text($numbers)"/>
    </xsl:call-template>
    <xsl:call-template name="tp:fact">
      <xsl:with-param name="name" select="'fact.copies'"/>
      <xsl:with-param name="value" select="fp:link('end',
        fp:text(tei:text//tei:postscript/tei:list[@type = 'distribution']/tei:head))"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Values as words, each once, joined by commas. -->
  <xsl:function name="fp:text" as="text()?">
    <xsl:param name="values" as="item()*"/>
    <xsl:variable name="words" as="xs:string*" select="distinct-values($values
      ! (if (. instance of node()) then f:plain(node()) else string(.)))[. ne '']"/>
    <xsl:if test="exists($words)">
      <xsl:value-of select="string-join($words, ', ')"/>
    </xsl:if>
  </xsl:function>

  <!-- Words as a link to a part of the page, if there are words. -->
  <xsl:function name="fp:link" as="element(a)?">
    <xsl:param name="anchor" as="xs:string"/>
    <xsl:param name="words" as="node()?"/>
    <xsl:if test="string($words)">
      <a href="#{$anchor}"><xsl:sequence select="$words"/></a>
    </xsl:if>
  </xsl:function>

  <!-- Names of the text as links to their entries, each entity once. -->
  <xsl:function name="fp:names" as="node()*">
    <xsl:param name="names" as="element()*"/>
    <xsl:for-each-group select="$names" group-by="(@ref, normalize-space())[1]">
      <xsl:value-of select="if (position() gt 1) then ', ' else ''"/>
      <xsl:variable name="entity" as="xs:string" select="substring-after(@ref, '#')"/>
      <xsl:choose>
        <xsl:when test="$entity">
          <a href="#{$entity}"><xsl:value-of select="f:plain(node())"/></a>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="f:plain(node())"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The people and bodies of a letter's action. -->
  <xsl:function name="fp:people" as="text()?">
    <xsl:param name="action" as="element()*"/>
    <xsl:sequence select="fp:text($action/(tei:persName | tei:orgName | tei:name))"/>
  </xsl:function>

  <!-- Where the original is kept, from wide to narrow; nothing when not stated. -->
  <xsl:function name="f:archive" as="xs:string?">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:variable name="id" as="element()?" select="($document/tei:teiHeader//tei:msIdentifier)[1]"/>
    <xsl:variable name="numbers" as="element()*"
      select="$document/tei:teiHeader//tei:sourceDesc/tei:bibl[@type = 'original']/tei:idno[not(@type = 'registry')]"/>
    <xsl:sequence select="string-join((if ($id) then $id/(tei:country, tei:region, tei:settlement, tei:institution,
      tei:repository, tei:collection, tei:idno) else $numbers) ! normalize-space()[. ne ''], ', ')[. ne '']"/>
  </xsl:function>

  <!-- The dates that belong to the document as a thing, in order; the document's own is filled. -->
  <xsl:template name="tp:dates" as="element(section)?">
    <xsl:variable name="events" as="element()*">
      <xsl:apply-templates select="tei:teiHeader//tei:creation/tei:date, tei:teiHeader//tei:correspAction/tei:date,
        tei:text//(tei:stamp | tei:head | tei:dateline | tei:ab)//tei:date" mode="m:event"/>
    </xsl:variable>
    <xsl:variable name="own" as="xs:string" select="string(f:document-date(.)/@when)"/>
    <xsl:if test="count(distinct-values($events/@when)) gt 1">
      <section class="lifesec" id="dates" aria-labelledby="h-dates">
        <h2 class="mini" id="h-dates"><xsl:value-of select="f:label('dates.title')"/></h2>
        <ol class="life">
          <xsl:for-each-group select="$events" group-by="@when">
            <xsl:sort select="current-grouping-key()"/>
            <li>
              <xsl:if test="current-grouping-key() = $own">
                <xsl:attribute name="class" select="'on'"/>
              </xsl:if>
              <time datetime="{current-grouping-key()}"><xsl:value-of select="f:date(current-grouping-key())"/></time>
              <xsl:text> </xsl:text>
              <span><xsl:value-of select="string-join(distinct-values(fp:telling(current-group())
                ! f:label('dates.' || @key)), ', ')"/></span>
            </li>
          </xsl:for-each-group>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Of the events of a day, those worth a word: the document's own date stands for its entry
       and dateline. -->
  <xsl:function name="fp:telling" as="element()+">
    <xsl:param name="events" as="element()+"/>
    <xsl:sequence select="if ($events/@key = 'document')
      then $events[not(@key = ('entry', 'dateline'))] else $events"/>
  </xsl:function>

  <!-- A date as an event of the document: day and kind; not every date is one. -->
  <xsl:mode name="m:event" on-no-match="deep-skip" on-multiple-match="use-last"/>

  <!-- One event. -->
  <xsl:function name="fp:event" as="element(event)?">
    <xsl:param name="day" as="attribute()?"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:if test="$day">
      <event when="{$day}" key="{$key}"/>
    </xsl:if>
  </xsl:function>

  <!-- The document's own date. -->
  <xsl:template match="tei:creation/tei:date" mode="m:event" as="element(event)?">
    <xsl:sequence select="fp:event(@when, 'document')"/>
  </xsl:template>

  <!-- Sent, received. -->
  <xsl:template match="tei:correspAction/tei:date" mode="m:event" as="element(event)?">
    <xsl:sequence select="fp:event(@when[f:has-label('dates.' || current()/../@type)], ../@type)"/>
  </xsl:template>

  <!-- On a stamp. -->
  <xsl:template match="tei:stamp//tei:date" mode="m:event" as="element(event)?" priority="2">
    <xsl:sequence select="fp:event(@when, 'stamp')"/>
  </xsl:template>

  <!-- The period that a heading states. -->
  <xsl:template match="tei:body//tei:head//tei:date[@from or @to]" mode="m:event" as="element(event)*" priority="1">
    <xsl:sequence select="fp:event(@from, 'begins'), fp:event(@to, 'ends')"/>
  </xsl:template>

  <!-- The date of an entry. -->
  <xsl:template match="tei:div[@type = 'entry']/tei:head//tei:date" mode="m:event" as="element(event)?" priority="1">
    <xsl:sequence select="fp:event(@when, 'entry')"/>
  </xsl:template>

  <!-- A dateline. -->
  <xsl:template match="tei:body//tei:dateline//tei:date" mode="m:event" as="element(event)?" priority="1">
    <xsl:sequence select="fp:event(@when, 'dateline')"/>
  </xsl:template>

  <!-- The registry's note at the end. -->
  <xsl:template match="tei:ab[@type = 'registration']//tei:date" mode="m:event" as="element(event)?" priority="1">
    <xsl:sequence select="fp:event(@when, 'registration')"/>
  </xsl:template>
</xsl:stylesheet>
