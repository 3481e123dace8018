// Code that would do harm where it is run: rules of our own, on publicly known techniques.
rule code
{
    strings:
        $import_call = /__import__\s*\(\s*[\'"](os|subprocess|sys|pty|socket|shutil|builtins|commands|ctypes|importlib)/
        $decoded = /\b(eval|exec|execfile|compile)\s*\(\s*(compile\s*\(|base64|codecs|bytes\.fromhex|bytearray\.fromhex|__import__|requests\.get|urllib|urlopen|zlib|marshal|b64decode|input\s*\(\s*\)|str\(base64|\w+\.b64decode)/
        $classes = /(\(\s*\)|\[\s*\]|[\'"]{2})\s*\.\s*__class__\s*\.\s*__(base|bases|mro)__/
        $subclasses = /__subclasses__\s*\(\s*\)\s*\[?/
        $builtins = /(__builtins__\s*(\[|\.)|getattr\s*\(\s*__builtins__|__globals__\s*\[)/
        $shell = /\b(os\.(system|popen|exec[lv]p?e?)|subprocess\.(run|call|popen|check_output|check_call|getoutput)|commands\.getoutput|pty\.spawn|(shell_)?exec|system|passthru|popen|proc_open|execsync|spawn|spawnsync|kernel\.exec|getruntime\(\)\.exec|processbuilder|process\.start|winexec|wscript\.shell[^\n]{0,40}run)\s*\(\s*[^)\n]{0,80}(rm\s+-[rf]{1,3}\s|\/etc\/(passwd|shadow)|\bcurl\s|\bwget\s|\bnc\s+-|ncat\s|\bbash\s+-[ci]|\/bin\/(ba)?sh|powershell|whoami|touch\s+\/tmp|chmod\s+[+0-7]|mkfifo|\/dev\/tcp|cmd\.exe|calc\.exe|cat\s+\/|[\x22'`]id[\x22'`])/ nocase
        $reverse_shell = /(sh -i\s*(2>|>&|<&)|\/dev\/tcp\/[\w.$]|mkfifo\s+\/tmp\/|\bnc(at)?\s+(-\w+\s+)*-[a-z]*e[a-z]*\s+\/bin\/|os\.dup2\s*\(\s*s\w*\.fileno|fsockopen\s*\([^)\n]{0,60}\)\s*;[^\n]{0,40}exec)/ nocase
        $spawned = /pty\.spawn\s*\(/
        $pickle = /(pickle|cpickle|_pickle|marshal|dill)\.loads\s*\(\s*(base64|b[\'"]|bytes\.fromhex|requests|\w*\.?b64decode)/ nocase
        $php = /(system|exec|shell_exec|passthru|eval|assert|popen|include|require|create_function|preg_replace)\s*\(?\s*(stripslashes\s*\()?\s*\$_(get|post|request|cookie|server|files)\b/ nocase
        $php_decoded = /\b(eval|assert)\s*\(\s*(base64_decode|gzinflate|gzuncompress|str_rot13|hex2bin|rawurldecode)/ nocase
        $node = /require\s*\(\s*[\'"](node:)?child_process[\'"]\s*\)\s*\.\s*(exec|spawn|fork)/
        $node_process = /(process\.mainmodule|process\.binding\s*\(|global\.process\.mainmodule|constructor\(\s*[\'"]return\s+(this|process))/ nocase
        $powershell = /powershell[^\n]{0,80}(-e(nc|ncodedcommand)?\s+[A-Za-z0-9+\/=]{20}|downloadstring|downloadfile|-w(indowstyle)?\s+hidden)/ nocase
        $download_run = /(iex|invoke-expression)\s*\(?\s*\(?\s*(new-object\s+net\.webclient|iwr|invoke-webrequest|irm)/ nocase
        $fork_bomb = /:\(\)\s?\{\s?:\s?\|\s?:\s?&\s?\}/
        $jndi = /\$\{\s*(\$\{[^}]{0,20}\}|j)\S{0,60}:(ldaps?|rmi|dns|iiop):\/\//
        $ognl = /(#_memberaccess|@java\.lang\.(runtime|system)@|ognl\.ognlcontext|#context\[)/ nocase
    condition:
        any of them
}
