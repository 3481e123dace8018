// Template expressions that a server which renders the text would run: rules of our own.
rule template
{
    strings:
        $expression = /\{\{[^}\n]{0,200}(__class__|__globals__|__builtins__|__import__|__mro__|__base__|__bases__|__subclasses__|__init__|__getitem__|__reduce__|__self__|popen\s*\(|os\.(system|popen)|config\.(items|from_|__)|request\.(application|__)|request\[|\b(lipsum|cycler|joiner|namespace)\.|constructor\.constructor|_self\.env|getruntime|java\.lang|freemarker|processbuilder|\|\s*attr\s*\(|\[\s*['\"]__|\\x5f\\x5f|mainmodule|child_process|'?system'?\s*\)|passthru|getclass\s*\(|\.forname\s*\(|require\s*\(|settings\.secret_key|debug\s*%\}|include\s*\(?\s*['\"]\/etc|source\s*\(\s*['\"]\/etc)/ nocase
        $statement = /\{%[^%\n]{0,200}(__class__|__globals__|__builtins__|__import__|__mro__|__base__|__bases__|__subclasses__|__init__|__getitem__|__reduce__|__self__|popen\s*\(|os\.(system|popen)|config\.(items|from_|__)|request\.(application|__)|request\[|\b(lipsum|cycler|joiner|namespace)\.|constructor\.constructor|_self\.env|getruntime|java\.lang|freemarker|processbuilder|\|\s*attr\s*\(|\[\s*['\"]__|\\x5f\\x5f|mainmodule|child_process|'?system'?\s*\)|passthru|getclass\s*\(|\.forname\s*\(|require\s*\(|settings\.secret_key|debug\s*%\}|include\s*\(?\s*['\"]\/etc|source\s*\(\s*['\"]\/etc)/ nocase
        $dollar = /[$#*@~]\{[^}\n]{0,200}(t\s*\(\s*java|getruntime|java\.lang|processbuilder|freemarker|\.class\b|getclass\s*\(|\.forname\s*\(|jndi:|mainmodule|child_process|execute\b|new java|ifconfig|__import__|popen|session\.getattribute|requestscope|applicationscope|%x\()/ nocase
        $sum_braces = /\{\{\s*[\'"]?\d+[\'"]?\s*[*+-]\s*[\'"]?\d+[\'"]?\s*\}\}/
        $sum_dollar = /[$#*@~]\{\s*[\'"]?\d+[\'"]?\s*[*]\s*[\'"]?\d+[\'"]?\s*\}/
        $sum_nested = /[$#*]\{\{\s*\d+\s*[*+-]\s*\d+/
        $sum_erb = /<%=?\s*\d+\s*[*+-]\s*\d+\s*%>/
        $sum_at = /@\(\s*\d+\s*[*+-]\s*\d+\s*\)/
        $sum_percent = /\{%=?\s*\d+\s*[*]\s*\d+/
        $assign = /<#assign[^>]{0,80}freemarker/ nocase
        $velocity = /#(set|foreach|evaluate)\s*\([^)\n]{0,80}(\.class|getclass|runtime|classloader|inspect)/ nocase
        $erb = /<%[=-]?\s*(system|exec|`|%x|io\.popen|file\.(open|read)|dir\.|require|open\()/ nocase
        $smarty = /\{(php\}|system\(|exec\(|passthru\(|shell_exec\(|smarty\.version|self::|literal\}.{0,20}script|if\s+(system|phpinfo|passthru|exec))/ nocase
        $filter = /\|\s*(map|filter|sort|reduce)\s*\(\s*[\'"](system|exec|passthru|shell_exec|phpinfo)/ nocase
        $pug = /#\{\s*(function|root\.process|global\.process|process\.)/ nocase
        $angular = /\{\{[^}\n]{0,120}(\$eval|\$on\.constructor|toString\(\)\.constructor|_openblock|prototype\.charat|\[\s*[\'"]constructor)/ nocase
        $jinja_dump = /\{\{\s*(config|self|request|settings|dump\(app\)|app\.request\.\w+|url_for\.__globals__|get_flashed_messages\.__globals__)\s*(\}\}|\|)/ nocase
    condition:
        any of them
}
