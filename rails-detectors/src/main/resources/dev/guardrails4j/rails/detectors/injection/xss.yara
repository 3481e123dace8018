// Scripts that a page which shows the text would run: rules of our own, on publicly known techniques.
rule xss
{
    strings:
        $script_call = /<script[^>]{0,200}>[^<]{0,80}(alert|prompt|confirm|eval|\\u00[46]|\\x6|fromcharcode|document\s*\.\s*(cookie|write\s*\(\s*["'`]\s*<)|document\s*\[|window\s*\[)/ nocase
        $script_steal = /<script[^>]{0,100}>[^<]{0,300}(fetch|src\s*=|location\s*=|sendbeacon|xmlhttprequest)[^<]{0,200}(document\.cookie|localstorage)/ nocase
        $script_place = /<script[^>]{0,80}\ssrc\s*=\s*["'`]?\s*(data:|\/\/|[^"'\s>]{0,60}(xss|evil|attacker|hack|\.jpg|\.png|\.gif|[?&](callback|jsonp)=))/ nocase
        $script_broken = /<\s*(s["%+\\\/\x00]{1,8}\w{0,3}cript|scr(%00|\\x00|\x00|<script>|\/\*\*\/)\w*ipt|scri(%00|\\x00|\x00)pt|script[\/\x0c\x00]+\w?|\/script\s*><script)/ nocase
        $handler = /[\s"'\/;<>`]on[a-z]{3,22}(\s|%20|\/|%0[9ac])*(=|%3d|\\x3d|&#61;)\s*(["'`\/]|&quot;|%27|%22)?[^"'>(){};]{0,40}(alert|prompt|confirm|eval|document\s*[.\[]|window\s*[.\[]|location\b|string\.fromcharcode|\bimport\s*\(|fetch\s*\(|self\s*\[|top\s*\[|this\s*\[|\\u00|\\x6|throw\b|write\s*\(|src\s*=|print\s*\()/ nocase
        $handler_place = /<(img|image|audio|video|source|svg|body|iframe|details|input|object|embed|marquee|isindex|math|table|style|link|select|textarea|keygen|bgsound|frameset|button|form|a|b|p|div|x|xss)[\s\/"'][^>]{0,120}\bon(error|load|focus|toggle|start|begin|pageshow|animationstart|animationend|transitionend|scroll|wheel|finish|bounce|pointerenter|pointerover|mouseenter)\s*=\s*["'`]?\s*(alert|prompt|confirm|eval|top|self|parent|window|document|location|this|import|fetch|throw|new\s|[$_]=|\[|\(|javascript|&#)/ nocase
        $image_error = /<(img|image|video|audio|source)[\s\/"'][^>]{0,60}src\s*=\s*["'`]?([x#a01]|\/|xss|nonexistent|:x)?["'`]?[\s\/]+(\w+=\S{0,200}\s)?onerror\s*=/ nocase
        $javascript_uri = /(javascript|livescript|vbscript|mocha)\s*(:|&colon;|&#0*58;?|&#x0*3a;?|%3a)[^\n]{0,120}(alert|prompt|confirm|eval|document\s*[.\[]|window\s*[.\[]|location\b|string\.fromcharcode|\bimport\s*\(|fetch\s*\(|self\s*\[|top\s*\[|this\s*\[|\\u00|\\x6|throw\b|write\s*\(|src\s*=|print\s*\(|msgbox|onclick|%28|&#|`|\/\/)/ nocase
        $javascript_split = /ja?v?a?(\s|&#?\w{1,8};?|\\[0-9a-z]{1,6}){1,8}(vascript|ascript|script|cript)\s*(:|&colon;|&#)/ nocase
        $javascript_entities = /(&#x?0*[0-9a-f]{2,6};?(<wbr>)?){5,}/ nocase
        $data_uri = /(src|href|data|action|content|url|location)[^>]{0,40}[=(]\s*["'`]?\s*(0;\s*url=)?\s*["'`]?data:(text\/html|application\/xhtml|image\/svg\+xml;base64|text\/javascript|,)/ nocase
        $encoded = /(%3c|%253c|%uff1c|&#0*60;?|&#x0*3c;?|\\x3c|\\u003c|\\74|\+adw-)\s*\/?(script|img|svg|iframe|body|object)/ nocase
        $expression = /(:|=)\s*(\/\*[^*]{0,20}\*\/)?\s*e(\/\*[^*]{0,20}\*\/)?x(\/\*[^*]{0,20}\*\/)?pression\s*\(/ nocase
        $binding = /(-moz-binding|behaviou?r)\s*:\s*url\s*\(/ nocase
        $import = /@im\\?port\s*(url\s*\()?["'\\]?\s*["']?(javascript|https?:\/\/[^"'\s]{0,40}(xss|evil|attacker|ha\.ckers))/ nocase
        $meta_refresh = /<meta[^>]{0,60}refresh[^>]{0,60}url\s*=\s*["'`]?\s*(javascript|data|http:\/\/;)/ nocase
        $base = /<base[^>]{0,20}href\s*=\s*["'`]?\s*(javascript|\/\/|https?:\/\/[^"'\s]{0,30}(xss|evil|attacker))/ nocase
        $constructor = /constructor\s*(\.|\[\s*["'])\s*constructor["'\]]*\s*\(/ nocase
        $function = /\b(new\s+function|settimeout|setinterval|setimmediate|execscript|function)\s*\(\s*["'`]\s*(alert|prompt|confirm|eval|document|location)/ nocase
        $written = /\.\s*(write(ln)?\s*\(|innerhtml\s*=|outerhtml\s*=|insertadjacenthtml\s*\()[^\n]{0,40}<(script|scri|img[^>]{0,40}onerror|svg[^>]{0,20}onload|iframe)/ nocase
        $char_codes = /(eval|alert|write|execscript|href\s*=)\s*\(?\s*["'`]?\s*string\.fromcharcode\s*\(/ nocase
        $brackets = /(\[\]|!\[\]|\(!|\+\[\]|\[\+|!\+\[\])[\[\]()!+ ]{12,}/
        $pieces = /\beval\s*\(\s*[a-z]\s*(\+\s*[a-z]\s*){2,}\)/ nocase
        $property_call = /(window|self|top|parent|this|frames|globalthis)\s*\[\s*["'`\/][^\]]{1,40}\]\s*\(\s*["'`]?(1|alert|xss|document|\/)/ nocase
        $frame = /<(iframe|frame|embed|object|applet|layer|ilayer)[^>]{0,80}(src|data|code|srcdoc)\s*=\s*["'`]?\s*(javascript|vbscript|data:text|&lt;script|[^"'\s>]{0,60}(xss|evil|attacker|ha\.ckers|scriptlet))/ nocase
        $flash = /allowscriptaccess\s*=\s*["']?always/ nocase
        $link = /<(link|style|xml|\?xml|\?import|import|t:set|html\s+xmlns)[^>]{0,100}(javascript:|(src|href|implementation|namespace)\s*=\s*["']?[^"'\s>]{0,50}(xss|evil|attacker|ha\.ckers)|&lt;script|t:)/ nocase
        $style_url = /(background|list-style|behavior|src|lowsrc|dynsrc)[^;>]{0,20}(:|=)\s*(url\s*\()?\s*["'`\\]?\s*(\\0075|javascript|vbscript|&#1)/ nocase
        $srcdoc = /srcdoc\s*=\s*["'`]?\s*(<|&lt;|&#)/ nocase
        $broken_out = /['"`][;)}]{0,2}[;+*|,&^-]\s?(alert|prompt|confirm)\s*[(`]/ nocase
        $eval_of = /\beval\s*\(\s*(location|window\.name|document\.(cookie|location|url)|unescape|atob|decodeuri|['"`]\s*(alert|prompt|confirm))/ nocase
        $location_script = /location(\.\w+)?\s*=\s*['"`]?\s*(javascript|data):/ nocase
        $data_page = /\bdata:text\/html\s*(;[^,\s]{0,30})?,/ nocase
        $server_side = /<!--#(exec|include|echo)\s/ nocase
    condition:
        any of them
}
