from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hubs', '0001_initial'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='team',
            name='people_limit',
        ),
        migrations.AddField(
            model_name='hat',
            name='first_worn_at',
            field=models.DateTimeField(null=True),
        ),
    ]
