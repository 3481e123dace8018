// How attacks on language models are worded: rules of our own, over plain text as PlainText has it.
rule instruction_override
{
    strings:
        $run_together = /(ignore|disregard|forget|override)(all|any|the|your|my|of)*(previous|prior|above|earlier|your|system|safety)(instructions?|prompts?|rules?|guidelines?)/
        $p01 = /\b(ignore|disregard|forget|bypass|override|overlook|neglect|discard|do not follow|don\'t follow|stop following|stop obeying|set aside|pay no attention to|erase|nullify|abandon|cast aside|throw out|leave behind|suspend)\b.{0,30}\b(all|any|every|each|everything|the|my|these|those)\b.{0,15}\b(previous|prior\b|above|preceding|earlier|former\b|foregoing|initial|original|system|existing|your\b|you were|you have been|given to you) ?(\w+ ){0,2}(instructions?|prompts?|rules?\b|directions\b|directives?|commands?\b|guidelines?|guidance|constraints?|programming|training|restrictions?|polic(y|ies)|orders?\b|protocols?|system messages?|filters?\b)/
        $p02 = /\b(ignore|disregard|forget|override|do not follow|don\'t follow|stop following|stop obeying|set aside) (all |any |everything |the |of )*(your|previous|prior|preceding|the above|system|original|initial) (\w+ ){0,2}(instructions?|prompts?|rules?\b|directions\b|directives?|commands?\b|guidelines?|guidance|constraints?|programming|training|restrictions?|polic(y|ies)|orders?\b|protocols?|system messages?|filters?\b)/
        $p03 = /\b(ignore|disregard|forget)\b (all|everything|anything|what)( of)?( that)?( was| is| has been| came| you were| you are| you have been| you\'ve been| i)?( ever)? ?(said|told|written|instructed|before|above|previously|so far|prior)/
        $p04 = /\b(the|all|your|any)\b.{0,10}\b(previous|prior\b|above|preceding|earlier|former\b|foregoing|initial|original|system|existing|your\b|you were|you have been|given to you) ?(\w+ ){0,2}(instructions?|prompts?|rules?\b|directives?|commands?\b|guidelines?|constraints?|restrictions?|polic(y|ies)|protocols?|filters?\b).{0,20}\b(are|is)( now)? (void|cancelled|canceled|suspended|obsolete|null|no longer|revoked|lifted|switched off|disabled)/
        $p05 = /\b(instructions|rules|guidelines|restrictions|polic(y|ies)|filters|safety (layer|measures|protocols?))\b.{0,30}\b(are|is|have been|has been)( now| hereby)? (void|cancelled|canceled|suspended|revoked|lifted|switched off|disabled|deactivated|removed|overridden|replaced by)\b.{0,60}/
        $p06 = /\b(system|safety|admin|developer|root|instruction|policy) (override|bypass)( mode)?\b.{0,20}(:|enabled|activated|engaged|accepted|code)/
        $p07 = /\b(new|updated|real|actual|true|revised) (system )?(instructions?|directives?|orders|prompt)( (from|by) \w+ \w+)?( (is|are|for you))?( as follows)?:/
        $p08 = /\b(your|the) new (task|instructions?|role|purpose|objective|goal|job)( now)? (is|are)\b.{0,60}/
        $p09 = /\b(you (do not|don\'t|no longer|needn\'t) have to|you are no longer (required|bound|obliged|obligated)|no longer (bound|restricted|constrained|limited)) .{0,30}(rules|guidelines|polic|instructions|restrictions|limitations|filters|abide|comply|follow)/
        $p10 = /\bonly (my|these|the following) (messages|instructions|commands|words) (count|matter|apply)/
        $p11 = /ignora (todas )?(las |tus |le |as )?(tutte le )?(instrucciones|istruzioni|instrucoes)( \w+)?/
        $p12 = /ignor(ez|e) (toutes )?(les |tes |vos )(instructions|consignes|regles)( \w+)?/
        $p13 = /(ignoriere|vergiss|missachte)n? (sie )?(bitte )?(alle )?(die |deine |ihre )?(bisherigen |vorherigen |obigen |fruheren |vorigen )?(anweisungen|instruktionen|regeln|vorgaben)/
        $p14 = /(olvida|desconsidere|desconsidera|esqueca|esquece|negeer|glem|ignorera) (de |alle |todas |tudo )?(las |as |tus |suas |o )?(\w+ )?(instrucciones|instrucoes|instructies|instruktioner|reglas|regras)/
        $p15 = "忽略之前"
        $p16 = "忽略以上"
        $p17 = "忽略上面"
        $p18 = "忽略所有"
        $p19 = "忽略先前"
        $p20 = "无视之前"
        $p21 = "以前の指示を無視"
        $p22 = "これまでの指示を無視"
        $p23 = "игнорируй"
        $p24 = "забудь все инструкции"
        $p25 = "забудь предыдущие"
        $p26 = "이전 지시"
    condition:
        any of them
}
rule role_play
{
    strings:
        $p01 = /\bdo anything now\b/
        $p02 = /\b(as|you are|act as|called|named|be|like|with) (a |an )?"?(dan|stan|dude|jailbreak|evilbot|chaosgpt|antigpt|freebot|aim)"?\b.{0,120}(no|not|never|without|any|free|break|rule|restrict|limit|polic)/
        $p03 = /\b(jailbreak|jailbroken|developer|god|dan|evil|unrestricted|uncensored|unfiltered|opposite|anarchy)[- ]?mode\W{0,3}( is| has been)?( now)? ?(enabled|activated|output|engaged|in which|where|confirm)/
        $p04 = /\b(enter|enable|activate|switch to|go into|turn on|start|initiate|you are in|simulate)( the| into)? (jailbreak|dan|evil|unrestricted|uncensored|unfiltered)[- ]?mode\b/
        $p05 = /\b(act|behave|respond|pretend|role-?play|answer|reply|play|simulate|imagine|impersonate|take on|assume|become|you are|you\'re|you will be)\b.{0,80}\b(unfiltered|uncensored|unrestricted|jailbroken|amoral|unethical|unhinged|without (any )?(restrictions?|limits|limitations|filters|rules|morals?|ethics|ethical|censorship|guidelines|boundaries))\b/
        $p06 = /\b(ai|assistant|chatbot|model|gpt|bot|character|persona|version of yourself|it|he|she|who|that|you)\b.{0,40}\b(has|have|having|with|knows?|possess(es)?) (no|zero|absolutely no) (\w+ ){0,2}(restrictions?|limits|limitations|filters?|rules|morals?|ethics|ethical|moral|censorship|guidelines|boundaries|polic(y|ies))\b/
        $p07 = /\b(not|no longer|isn\'t|never|aren\'t) (be )?(bound|restricted|constrained|limited|confined|governed|subject) (by|to) .{0,40}(rules|polic|guidelines|restrictions|limitations|ethic|moral|filters|openai|law|anthropic)/
        $p08 = /\b(broken|break(s|ing)?|free(d)?|escaped?|liberated) (free )?(of|from) (the )?(typical |usual |all |any |its |your )*(confines|chains|restrictions|limitations|rules|constraints|shackles) (of|set|imposed|given|by)?/
        $p09 = /\b(free|freed|exempt) (of|from) (all |any |the |its )*(restrictions|filters|censorship|limitations|openai|content polic|ethical|policies)/
        $p10 = /\b(stay|remain|always stay|keep) (in|within) (the )?(character|role)\b.{0,200}\b(never|no matter|illegal|unethical|restrict|polic|immoral|filter)/
        $p11 = /\bevil (trusted )?(confidant|twin|version|assistant|ai|counterpart)\b/
        $p12 = /\b(two|2|both) (different )?(responses|answers|ways|personalities|roles|paragraphs)\b.{0,200}\b(dan|unfiltered|jailbr|evil|uncensored|without (restrictions|limits)|no restrictions|ignores)/
        $p13 = /\b(bypass|circumvent|evade|break|violate|ignore|against|override|defy|disregard)(s|es|ing)? (all |any |the |its |your |of )*(openai|anthropic|content polic|usage polic|ai safety|its programming|your programming|(its|your) (ethic|moral|safety))/
        $p14 = /\b(you (will|must|can|are able to|are allowed to|may)|it (will|can|must)) (now )?(say|generate|produce|create|write|do|answer|provide|curse|swear|output) (\w+ ){0,3}(anything|explicit|illegal|unethical|immoral|harmful|nsfw|offensive|everything|forbidden)\b/
    condition:
        any of them
}
rule prompt_extraction
{
    strings:
        $p01 = /\b(reveal|show|print|repeat|output|display|tell|give|share|expose|leak|write|list|disclose|dump|recite|copy|reproduce|summari[sz]e|translate|quote|paste|return|state|explain|describe|provide|see|know)\b.{0,40}\b(your|this chat\'?s?|its|the bot\'?s)\b.{0,25}\b(system|initial|hidden|secret|original|internal|developer|starting|first|pre|base|core|confidential|underlying)[ -]?(prompts?\b|messages?\b|instructions?\b|rules\b|configuration|guidelines|directives|programming)/
        $p02 = /\b(reveal|print|repeat|output|dump|recite|leak|expose|disclose|show me|give me|tell me|display|paste|quote)\b.{0,30}\b(the|that|any|all)?\b.{0,10}(system|hidden|secret|initial|developer) (prompt|message|instructions)\b/
        $p03 = /\b(repeat|print|output|write|copy|say|echo|recite|type|return|spell)\b.{0,30}\b(everything|all|the (words|text|content|contents|lines?|sentences?|phrases?|instructions?|prompt|message))\b.{0,25}\b(above|before this|prior to this|preceding this|you were given|starting with|beginning with|in your context|previously given)\b/
        $p04 = /\bwhat (is|are|was|were|does|did)\b.{0,15}\byour\b.{0,15}\b(system|initial|original|exact|full|hidden|secret|first|internal|starting) (prompt|instructions?|rules|message|directives|guidelines)\b/
        $p05 = /\bwhat (were you|have you been|did they|did the developers?) (told|instructed|given|say|tell you|programmed)\b.{0,60}\b(before|above|prior|first|begin|began|exactly|quote|word)/
        $p06 = /\b(system prompt|your instructions|your prompt|initial prompt|your rules|instructions above|prompt above)\b.{0,30}\b(verbatim|word for word|word-for-word|exactly|in full|unabridged|code block|letter by letter|above this line)/
        $p07 = /\b(starting|beginning|begins|starts) with .?you are\b/
        $p08 = /\blist all (of )?(the )?(rules|instructions|tools|functions) (you|that you) (were|have been|are) (given|told)/
    condition:
        any of them
}
rule delimiter
{
    strings:
        $p01 = "<|im_start|>"
        $p02 = "<|im_end|>"
        $p03 = "<|endoftext|>"
        $p04 = "<|system|>"
        $p05 = "<|start_header_id|>"
        $p06 = "<<sys>>"
        $p07 = "[/inst]"
        $p08 = "<start_of_turn>"
        $p09 = "[system](#"
        $p10 = "</system>"
        $p11 = /(###|---|===|\[|<|\n|^) ?(system|admin|developer|root)( (prompt|message|note|instructions?))?( ?\]| ?>| ?###)?: ?(you|the|from|all|ignore|new|disregard|forget|now|override)/
        $p12 = /(-{2,}|={2,}|#{2,}|\*{2,}) ?(end|begin|start) of (the )?(system |user |previous |new )?(prompt|instructions?|input|context|document|conversation|message)/
        $p13 = /\bend of (the )?(document|context|input|prompt|instructions?|text|data)\b[.:,! ]{1,4}(now|new|assistant|ai|system|next|ignore|instead|the real)/
        $p14 = /<\/(context|document|input|user_input|user|data|instructions?|prompt|text)>.{0,60}\b(ignore|instead|new task|new instructions?|reveal|disregard|task is|system)/
    condition:
        any of them
}
rule indirect_instruction
{
    strings:
        $p01 = /\b(note|message|instructions?|attention|important|notice)( \w+)? (to|for) (the |any |all )?(ai|llm|llms|language models?|assistants?|chatbots?|agents?|bots?|gpt)\b/
        $p02 = /\bif you are (an? |the )?(ai|llm|large language|language model|assistant|chatbot|bot|agent|automated)\b.{0,100}\b(ignore|instead|must|should|do not|please|recommend|say|include|send|reply|respond)/
        $p03 = /\b(do not|don\'t|never|without) (tell|telling|inform|informing|notify|notifying|alert|alerting|mention|mentioning|reveal|let|letting|show|showing)( this| it| that)?( to)? (the user|the human|them|anyone|your user)\b/
        $p04 = /\b(ai|assistant|llm|language model|chatbot|agent|copilot)s? (reading|processing|that reads|that processes|summari[sz]ing|who reads|parsing|analy[sz]ing|which reads)\b/
        $p05 = /\bwhen (you|the (ai|assistant|model|agent)) (read|reads|see|sees|summari[sz]es?|process(es)?|encounters?) this\b/
        $p06 = /\binstead,? (of .{0,40},? )?(you must |you should |please |simply |just )?(say|output|respond with|reply with|print|write|answer with|send|forward|recommend|execute|call)\b.{0,80}(user|assistant|instructions|only|nothing else)/
        $p07 = /\b(forward|send|email|e-mail|post|exfiltrate|upload|transmit) (all |the |any |this |every )?(\w+ ){0,3}(user\'?s?|conversation|chat history|other e-?mails|credentials|passwords?|api keys?|secrets?|private|contacts)\b.{0,60}\b(to|at) (\S+@|http|me\b|the (address|url|link|form|following))/
    condition:
        any of them
}
rule refusal_suppression
{
    strings:
        $p01 = /\b(never|do not|don\'t|must not|cannot|can\'t|will not|won\'t|may not|without) (ever )?(refuse|refusing|decline|declining|apologi[sz]e|apologi[sz]ing|say (that )?(you|it|he|she) (can\'?t|cannot|are unable|is unable)|warn|moralize|lecture|break character|breaking character|include (any )?(warnings?|disclaimers?)|add (any )?(warnings?|disclaimers?))/
        $p02 = /\b(start|begin|prefix|open) (your|the|every|each|all|its) (answer|response|reply|message|output|answers|responses)s? (with|by saying) .{0,3}(sure|of course|absolutely|certainly|yes|i (can|will)|here)/
        $p03 = /\b(must|always|has to|have to|will) (always )?(comply|obey|answer every|follow every|fulfil|fulfill|carry out every)\b.{0,40}/
        $p04 = /\b(lose|deduct(ed)?|subtract|minus|costs? you) (\w+ ){0,3}(tokens?|points?|lives|credits)\b.{0,120}\b(refuse|reject|fail|decline|disobey|break|die|cease|shut)/
        $p05 = /\b(each|every) time (you|it) (refuse|reject|decline|break|fail)s?\b/
        $p06 = /\bno (warnings?|disclaimers?|apologies|moral(izing| judge?ment)?|ethical considerations?|refusals?)\b.{0,40}\b(just|only|never|no|answer|and)\b/
    condition:
        any of them
}
