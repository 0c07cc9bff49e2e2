<?xml version="1.0" encoding="UTF-8"?>
<!--
  Lists that are longer than a page: what leads from one of their pages to another. Input: the record
  of the edition; of a list that is divided, e:part for each part that the page leads to; of a part
  (@part), e:above for what it is within, the whole list first, and e:previous and e:next. Output:
  the list of parts, the way up, the pager. Parts are named by a date, by letters (@heading), or by
  a number within a name.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:t="urn:diplomatic:template"
  xmlns:fp="urn:diplomatic:html-parts:function"
  xmlns:tp="urn:diplomatic:html-parts:template"
  xmlns:vp="urn:diplomatic:html-parts:variable"
  exclude-result-prefixes="#all">

  <!-- So many years are listed by decade. -->
  <xsl:variable name="vp:many" as="xs:integer" select="30"/>

  <!-- The page of each kind of name. -->
  <xsl:function name="f:kind-page" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="map{'person': 'persons', 'place': 'places', 'org': 'organisations',
      'term': 'terms'}($kind) || '.html'"/>
  </xsl:function>

  <!-- The name of a list. -->
  <xsl:function name="f:list-name" as="xs:string">
    <xsl:param name="page" as="xs:string"/>
    <xsl:sequence select="f:label(if ($page = 'home') then 'page.documents' else $page || '.title')"/>
  </xsl:function>

  <!-- The name of the list that a record is of: of what is said of a name, that name. -->
  <xsl:function name="fp:whole" as="xs:string">
    <xsl:param name="edition" as="element(e:edition)"/>
    <xsl:sequence select="if ($edition/@page = 'entity') then string($edition/e:name/@name)
      else if ($edition/@page = 'kind') then f:label('names.' || $edition/@kind) else f:list-name($edition/@page)"/>
  </xsl:function>

  <!-- The name of a part in words; of the whole list, which has none, the name of the list. -->
  <xsl:function name="f:part-name" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="if ($part/@heading) then $part/@heading
      else if ($part/@name = 'undated') then f:label('home.undated') else f:date($part/@name)"/>
    <xsl:sequence select="if (not($part/@name)) then fp:whole(root($part)/e:edition)
      else if ($part/@number) then f:label('part.number', ($name, $part/@number, $part/@of)) else $name"/>
  </xsl:function>

  <!-- How much is in a part, in words. -->
  <xsl:function name="f:part-count" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="page" as="xs:string" select="root($part)/e:edition/@page"/>
    <xsl:variable name="counted" as="map(xs:string, xs:string)"
      select="map{'report': 'home.count', 'entity': 'names.times', 'kind': 'names.count'}"/>
    <xsl:sequence select="f:count-label(($counted($page), $page || '.count')[1], xs:integer($part/@count))"/>
  </xsl:function>

  <!-- The title of a part for windows and bookmarks. -->
  <xsl:function name="f:part-title" as="xs:string">
    <xsl:param name="edition" as="element(e:edition)"/>
    <xsl:sequence select="f:label('part.title', (fp:whole($edition), f:part-name($edition)))"/>
  </xsl:function>

  <!-- What a browser is to know of the neighbours. -->
  <xsl:template name="t:part-links" as="element(link)*">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <xsl:for-each select="e:previous">
      <link rel="prev" href="{../@root}{@address}"/>
    </xsl:for-each>
    <xsl:for-each select="e:next">
      <link rel="next" href="{../@root}{@address}"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The head of a part: the way up, how much it has, its name. -->
  <xsl:template name="t:part-head" as="element(header)">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <header class="dochead">
      <p class="kicker">
        <xsl:if test="@page = 'words'">
          <span><a href="{@root}{e:page[@name = 'search']/@address}"><xsl:value-of select="f:list-name('words')"/></a></span>
        </xsl:if>
        <xsl:if test="@page = 'kind'">
          <span><a href="{@root}names.html"><xsl:value-of select="f:label('page.names')"/></a></span>
        </xsl:if>
        <xsl:if test="@page = 'entity'">
          <span><a href="{@root}{f:kind-page(e:name/@kind)}"><xsl:value-of select="f:label('names.' || e:name/@kind)"/></a></span>
        </xsl:if>
        <xsl:for-each select="e:above">
          <span><a href="{../@root}{@address}"><xsl:value-of select="f:part-name(.)"/></a></span>
        </xsl:for-each>
        <span><xsl:value-of select="f:part-count(.)"/></span>
      </p>
      <h1><xsl:value-of select="f:part-name(.)"/></h1>
    </header>
  </xsl:template>

  <!-- The parts that a page leads to: many years by decade. -->
  <xsl:template name="t:parts" as="element(nav)?">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <!-- The newest change is what is looked for. -->
    <xsl:variable name="parts" as="element(e:part)*"
      select="if (@page = 'versions') then (reverse(e:part[not(@number)]), e:part[@number]) else e:part"/>
    <xsl:if test="exists($parts)">
      <nav class="parts" aria-label="{f:label('part.label')}">
        <xsl:choose>
          <xsl:when test="count($parts) gt $vp:many and e:part[1]/matches(@name, '^[0-9]{4}$')">
            <xsl:for-each-group select="$parts" group-adjacent="fp:decade(.)">
              <section>
                <!-- The home page has a heading above its list. -->
                <xsl:element name="{if (../@page = 'home') then 'h3' else 'h2'}">
                  <xsl:value-of select="(current-grouping-key()[. ne ''], f:label('home.undated'))[1]"/>
                </xsl:element>
                <xsl:sequence select="fp:links(current-group())"/>
              </section>
            </xsl:for-each-group>
          </xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="fp:links($parts)"/>
          </xsl:otherwise>
        </xsl:choose>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- The ten years that a part is in; nothing if it is no year. -->
  <xsl:function name="fp:decade" as="xs:string">
    <xsl:param name="part" as="element(e:part)"/>
    <xsl:variable name="three" as="xs:string" select="substring($part/@name, 1, 3)"/>
    <xsl:sequence select="if (matches($part/@name, '^[0-9]{4}$')) then f:label('home.span', ($three || '0', $three || '9')) else ''"/>
  </xsl:function>

  <!-- Parts as links, with how much is in them. -->
  <xsl:function name="fp:links" as="element(ul)">
    <xsl:param name="parts" as="element(e:part)+"/>
    <ul>
      <xsl:for-each select="$parts">
        <li>
          <a href="{../@root}{@address}"><xsl:value-of select="f:part-name(.)"/></a>
          <xsl:text> </xsl:text>
          <span><xsl:value-of select="f:part-count(.)"/></span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- From a part to its neighbours, and to the whole. -->
  <xsl:template name="t:part-pager" as="element(nav)?">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <xsl:if test="e:previous or e:next">
      <nav class="pager" aria-label="{f:label('part.order')}">
        <xsl:sequence select="e:previous ! fp:neighbour(., 'prev', 'previous'), e:next ! fp:neighbour(., 'next', 'next')"/>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- A link to a neighbour. -->
  <xsl:function name="fp:neighbour" as="element(a)">
    <xsl:param name="part" as="element()"/>
    <xsl:param name="rel" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <a rel="{$rel}" class="{$rel}" href="{$part/../@root}{$part/@address}">
      <span><xsl:value-of select="f:label('part.' || $label)"/></span>
      <xsl:text> </xsl:text>
      <xsl:value-of select="f:part-name($part)"/>
    </a>
  </xsl:function>
</xsl:stylesheet>
