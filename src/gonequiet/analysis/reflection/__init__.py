"""What an exchange shows of commitment and of ambivalence, looking back.

`turns` is what is looked at, `signs` and `questions` find the evidence, `turning` where it changed,
`weighing` what it comes to, `balance` who gave how much, `excuses` what else may explain a silence.
"""
