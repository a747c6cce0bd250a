using MimeKit;

namespace OneDoor.Notifications;

/// <summary>The words of letters (邮件模板). Like notifications they say which thing and what of it, and nothing of who is told.</summary>
public sealed class Letters(MailOptions options, MailLinks links)
{
    /// <summary>A letter about a notification.</summary>
    /// <param name="mail">Which it is.</param>
    /// <param name="person">To whom.</param>
    /// <param name="told">What they are told.</param>
    public MimeMessage About(StoredMail mail, NotificationPreferences person, StoredNotification told)
    {
        var language = person.Language;
        if (mail.IsAct)
            return Letter(mail, person, told.Title, told.Text.In(language), new Text($"详情和办理：{links.App}", $"More, and what to do: {links.App}").In(language),
                new Text("本邮件涉及您的权利义务，不能退订；删除邮箱地址后不再发送。", "It is about your rights and duties, so that nobody unsubscribes from it; it is not sent any more once you remove your address.").In(language));
        var unsubscription = links.Of(MailAct.Unsubscription, person);
        var letter = Letter(mail, person, told.Title, told.Text.In(language), new Text($"详情：{links.App}", $"More: {links.App}").In(language),
            new Text($"退订：{unsubscription}", $"Unsubscribe: {unsubscription}").In(language));
        letter.Headers.Add("List-Unsubscribe", $"<{unsubscription}>");
        letter.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return letter;
    }

    /// <summary>A letter that asks whether the address is theirs to whom it is sent.</summary>
    /// <inheritdoc cref="About"/>
    public MimeMessage Asking(StoredMail mail, NotificationPreferences person)
    {
        var confirmation = links.Of(MailAct.Confirmation, person);
        return Letter(mail, person, new("请确认您的邮箱", "Please confirm your address"),
            new Text($"有人要求将一门通的通知发送到此邮箱。如果是您，请打开下面的链接并点击“确认”：\n\n{confirmation}", $"Somebody wants notifications of OneDoor sent to this address. If that is you, open this link and choose “Confirm”:\n\n{confirmation}").In(person.Language),
            new Text("如果不是您，请忽略本邮件，此后不会再有通知发送到这里。", "If it is not, do nothing: no notifications are sent here.").In(person.Language));
    }

    private MimeMessage Letter(StoredMail mail, NotificationPreferences person, Text title, params string[] paragraphs)
    {
        var from = new MailboxAddress(HouseStyle.Name.In(person.Language), options.From!);
        var letter = new MimeMessage { Subject = $"{title.In(person.Language)} · {HouseStyle.Name.In(person.Language)}", MessageId = $"{mail.Id}@{from.Domain}" };
        letter.From.Add(from);
        letter.To.Add(new MailboxAddress("", person.Email!));
        letter.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        letter.Body = new TextPart("plain") { Text = $"{string.Join("\n\n", paragraphs)}\n", Headers = { { HeaderId.ContentLanguage, person.Language } } };
        return letter;
    }
}
