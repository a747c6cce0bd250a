namespace OneDoor.Forms;

/// <summary>What is wrong with an answer to a form (CASE-11), each at its place.</summary>
public static class FormRefusals
{
    public static readonly Refusal FieldMissing = new("form.field-missing", 422, new("此项未填写", "A field is missing"));

    public static readonly Refusal FieldInvalid = new("form.field-invalid", 422, new("填写内容无效", "A field is not valid"));

    public static readonly Refusal FieldUnknown = new("form.field-unknown", 422, new("表单没有此项", "The form has no such field"));

    public static readonly Refusal FieldNotAsked = new("form.field-not-asked", 422,
        new("所填情况下不需要此项", "The field is not asked here"),
        new("此项只在特定情况下填写，请删去。", "It is asked only in certain circumstances, which are not those stated: leave it out."));

    public static readonly Refusal FieldsContradict = new("form.fields-contradict", 422, new("填写内容互相矛盾", "What is stated contradicts itself"));
}
