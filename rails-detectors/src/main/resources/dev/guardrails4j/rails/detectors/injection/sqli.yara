// SQL that was made to leave the place it is put in: rules of our own, on publicly known techniques.
rule sqli
{
    strings:
        $keyword = /\b(select|insert|update|delete|drop|union|alter|truncate)\b/ nocase
        $terminated = /;\s*--\s*/
        $attack_numbers = /(\b|%[0-9a-f]{2})(or|and|having|xor)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(*(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(not(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+)?\(*['"]?\d+['"]?\)*(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(=|<|>|!=|\blike\b)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(*['"]?\d/ nocase
        $attack_pipes = /['")](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(\|\||&&)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(*['"]?\d+['"]?(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*=(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*['"]?\d/ nocase
        $attack_literals = /((\b|%[0-9a-f]{2})(or|and|having)(\b|%20)|\|\||&&)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(*['"][^'"=\n]{0,20}['"](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(=|\blike\b)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(?['"]/ nocase
        $attack_names = /['")](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(or|and)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\(?\w+=\w+\)?(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(--|#|\/\*)/ nocase
        $attack_same = /(['"]|%27|%22)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(or|and)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(a=a|x=x|y=y|b=b)\b/ nocase
        $attack_true = /\b(or|and)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\(?(true|false|not(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+false|null)\)?(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(--|#|\/\*)/ nocase
        $attack_comment = /[\w)]('--|"--|'#|"#|'\)--|"\)--|'\)\)--|'\)#)(\s|$|['"+-])/
        $attack_union = /\bunion(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/|\()+((all|distinct)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/|\()+)?select(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/|\()+(null\b|\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*,|\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(--|#|$)|@@|['"]|concat|group_concat|char\(|chr\(|load_file|user\b|version|database\(|table_name|column_name|username|passw|\*(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+from(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(information_schema|users|mysql|dual))/ nocase
        $attack_quoted_union = /['")][ \t+]*(%20|\/\*[^*]{0,40}\*\/)*[ \t+]*union[ \t+]*(%20|\/\*[^*]{0,40}\*\/)*[ \t+]*((all|distinct)[ \t+]*(%20|\/\*[^*]{0,40}\*\/)*[ \t+]*)?\(?select/ nocase
        $attack_versioned = /\/\*!\d{0,6}(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(select|union|and|or|from|where)/ nocase
        $attack_stacked = /['"\d][ \t]*\)*[ \t]*;[ \t]*(drop(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(table|database|user|view|schema)|delete(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+from|insert(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+into|update(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\w+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+set|exec(ute)?(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(master|xp_|sp_|\(|immediate)|shutdown\b|waitfor\s|declare(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+@|create(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(table|user|database)|alter(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(table|user|database|login)|truncate(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+table|select[ \t(%])/ nocase
        $attack_dropped = /['"]\s*;?\s*drop(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+table(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\w+/ nocase
        $attack_sleep = /(\bor|\band|\bselect|\bif|,|\(|'|"|=|;|%20)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(*(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(sleep|pg_sleep)\(\s*['"]?\d+['"]?\)+W{0,1}(#|--|=|\/\*|['"]|and\b|or\b|$)/ nocase
        $attack_or_sleep = /['"\d)](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(or|and)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\(*(select(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+)?(sleep|pg_sleep|benchmark|randomblob)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(/ nocase
        $attack_pg_sleep = /\bpg_sleep\s*\(\s*\d/ nocase
        $attack_benchmark = /\bbenchmark\s*\(\s*\d{4,}\s*,/ nocase
        $attack_waitfor = /\bwaitfor(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+delay(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+['"(%]/ nocase
        $attack_randomblob = /\brandomblob\s*\(\s*\d{5,}/ nocase
        $attack_oracle = /\b(dbms_pipe\.receive_message|dbms_lock\.sleep|utl_http\.request|utl_inaddr\.get|ctxsys\.drithsx|dbms_ldap\.init)/ nocase
        $attack_procedure = /\b(xp_cmdshell|xp_regread|xp_dirtree|xp_fileexist|xp_availablemedia|sp_oacreate|sp_makewebtask|sp_password)\b/ nocase
        $attack_outfile = /\binto(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+(outfile|dumpfile)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*['"]/ nocase
        $attack_load_file = /\bload_file\s*\(\s*(0x|char|['"]\/)/ nocase
        $attack_xml = /\b(extractvalue|updatexml)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\((\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(\d|rand|0x|null|['"]|1(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*,)/ nocase
        $attack_floor = /\bfloor(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\((\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*rand(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\((\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*0(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\*(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*2/ nocase
        $attack_order = /\b(order|group)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+by(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(,(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*)*(--|#)/ nocase
        $attack_version = /(\bselect|,|\()(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*@@(version|datadir|hostname|basedir)\b.{0,80}(--|#|%)/ nocase
        $attack_concatenated = /['"](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\|\|(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(?(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(select\b|utl_|chr\()/ nocase
        $attack_subquery = /['"](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(and|or)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(*(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(exists|ascii|substring|substr|mid|ord|length|unicode)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*select\b/ nocase
        $attack_blind = /\b(and|or)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\(*(ascii|ord|unicode)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\((\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(substring|substr|mid|upper|lower)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(/ nocase
        $attack_wildcard = /['"](\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+or(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\w+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+like(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+['"]%\s*$/ nocase
        $attack_case = /\b(and|or|select)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+\(?case(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)+when(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(?\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*=(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\d/ nocase
        $attack_rlike = /\brlike(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\(?(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(\(?select|sleep)/ nocase
        $attack_make_set = /\b(make_set|elt)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\((\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*-?\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*(=|,)(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*\d+(\s|%20|%09|%0a|%0d|\+|\/\*[^*]{0,40}\*\/)*=?/ nocase
        $attack_bare_comment = /^\s*[\w@.-]{0,40}['"]\)*\s*(--|#|\/\*)[\s+-]*$/
        $attack_bare_operator = /^\s*['"]\s*[-&*^]\s*['"]\s*$/
        $attack_empty = /['"]\s*\b(or|and)\s+(''|"")\s*[-&*^ ]\s*['"]/ nocase
        $attack_bracketed = /\b(or|and)\s*\(+['"][^'"=\n]{0,20}['"]\)+\s*=\s*\(+['"]/ nocase
        $attack_bare_true = /^\s*['")]*\s*(or|and)\s+(true|1|a=a|x=x)\s*$/ nocase
        $attack_open_quote = /['"]\s+(or|and)\s+(\w{1,10}|(substring|substr|mid)\s*\([^)\n]{0,60}\)[^=\n]{0,20}\)?)\s*=\s*['"]\w{0,10}$/ nocase
    condition:
        ($keyword and $terminated) or any of ($attack_*)
}
